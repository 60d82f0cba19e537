-- AlterTable
ALTER TABLE "ExecutionRole" ADD COLUMN     "passRestricted" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "RolePasser" (
    "roleId" UUID NOT NULL,
    "userId" TEXT NOT NULL,

    CONSTRAINT "RolePasser_pkey" PRIMARY KEY ("roleId","userId")
);

-- CreateTable
CREATE TABLE "JobConfirmation" (
    "jobId" UUID NOT NULL,
    "userId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "definitionDigest" TEXT,
    "acknowledgedPreflight" TEXT,
    "canaryTasks" INTEGER,

    CONSTRAINT "JobConfirmation_pkey" PRIMARY KEY ("jobId","userId")
);

-- CreateTable
CREATE TABLE "ConfirmationPolicy" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "notByCreator" BOOLEAN NOT NULL DEFAULT false,
    "twoForIrreversible" BOOLEAN NOT NULL DEFAULT false,
    "twoForObjectsOver" BIGINT,
    "changedAt" TIMESTAMP(3) NOT NULL,
    "changedBy" TEXT NOT NULL,

    CONSTRAINT "ConfirmationPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "JobConfirmation_userId_idx" ON "JobConfirmation"("userId");

-- AddForeignKey
ALTER TABLE "RolePasser" ADD CONSTRAINT "RolePasser_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "ExecutionRole"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RolePasser" ADD CONSTRAINT "RolePasser_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobConfirmation" ADD CONSTRAINT "JobConfirmation_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "JobConfirmation" ADD CONSTRAINT "JobConfirmation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
