-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "canaryUntil" BIGINT;

-- AlterTable
ALTER TABLE "Worker" ADD COLUMN     "stopsAtCanary" BOOLEAN NOT NULL DEFAULT false;
