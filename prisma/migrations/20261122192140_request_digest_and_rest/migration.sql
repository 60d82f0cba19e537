-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "requestDigest" TEXT,
ADD COLUMN     "restsUntil" TIMESTAMP(3);
