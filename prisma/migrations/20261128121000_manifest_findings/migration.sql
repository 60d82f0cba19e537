-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "duplicateRows" JSONB,
ADD COLUMN     "leftOut" JSONB NOT NULL DEFAULT '[]';
