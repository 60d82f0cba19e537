-- CreateTable
CREATE TABLE "JobSample" (
    "jobId" UUID NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "seconds" INTEGER NOT NULL,
    "firstAt" TIMESTAMP(3) NOT NULL,
    "lastAt" TIMESTAMP(3) NOT NULL,
    "succeeded" BIGINT NOT NULL DEFAULT 0,
    "failed" BIGINT NOT NULL DEFAULT 0,
    "throttled" BIGINT NOT NULL DEFAULT 0,
    "inFlightMs" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "JobSample_pkey" PRIMARY KEY ("jobId","at","seconds")
);

-- CreateTable
CREATE TABLE "JobWatch" (
    "jobId" UUID NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "JobWatch_pkey" PRIMARY KEY ("jobId")
);

-- CreateTable
CREATE TABLE "JobTail" (
    "jobId" UUID NOT NULL,
    "executorId" TEXT NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,
    "tasks" JSONB NOT NULL,

    CONSTRAINT "JobTail_pkey" PRIMARY KEY ("jobId","executorId")
);

-- AddForeignKey
ALTER TABLE "JobSample" ADD CONSTRAINT "JobSample_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobWatch" ADD CONSTRAINT "JobWatch_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobTail" ADD CONSTRAINT "JobTail_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
