-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "dryRun" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "manifestBuckets" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "objectBytes" BIGINT,
ADD COLUMN     "preflight" JSONB,
ADD COLUMN     "preflightAskedAt" TIMESTAMP(3);
