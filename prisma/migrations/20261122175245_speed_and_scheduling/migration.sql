-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "caCertificate" TEXT,
ADD COLUMN     "maxInFlight" INTEGER,
ADD COLUMN     "maxRequestsPerSecond" INTEGER;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "generatedManifest" JSONB,
ADD COLUMN     "maxInFlight" INTEGER,
ADD COLUMN     "maxRequestsPerSecond" INTEGER,
ADD COLUMN     "pausedBy" TEXT,
ADD COLUMN     "servedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Chunk" ADD COLUMN     "segmentETag" TEXT,
ADD COLUMN     "segmentKey" TEXT;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "draining" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tasksPerSecond" DOUBLE PRECISION NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "AccessKey" (
    "id" TEXT NOT NULL,
    "secretEncrypted" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),
    "revokedAt" TIMESTAMP(3),

    CONSTRAINT "AccessKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AccessKey_userId_idx" ON "AccessKey"("userId");

-- AddForeignKey
ALTER TABLE "AccessKey" ADD CONSTRAINT "AccessKey_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
