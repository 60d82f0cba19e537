-- AlterTable
ALTER TABLE "Job" ADD COLUMN     "replacesId" UUID,
ADD COLUMN     "sentBackAt" TIMESTAMP(3),
ADD COLUMN     "sentBackBy" TEXT,
ADD COLUMN     "sentBackReason" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Job_replacesId_key" ON "Job"("replacesId");

-- AddForeignKey
ALTER TABLE "Job" ADD CONSTRAINT "Job_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "Job"("id") ON DELETE SET NULL ON UPDATE CASCADE;
