-- CreateTable
CREATE TABLE "Probe" (
    "connectionId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "startedAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "failure" TEXT,
    "results" JSONB NOT NULL DEFAULT '[]',
    "resultsAt" TIMESTAMP(3),
    "versioned" BOOLEAN NOT NULL DEFAULT false,
    "locks" BOOLEAN NOT NULL DEFAULT false,
    "server" TEXT,
    "serverSeen" TEXT,

    CONSTRAINT "Probe_pkey" PRIMARY KEY ("connectionId")
);

-- AddForeignKey
ALTER TABLE "Probe" ADD CONSTRAINT "Probe_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "Connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
