-- AlterTable
ALTER TABLE "ExecutionRole" ADD COLUMN     "assumedRoleArn" TEXT,
ADD COLUMN     "externalId" TEXT,
ADD COLUMN     "sessionSeconds" INTEGER,
ADD COLUMN     "stsAccessKeyId" TEXT,
ADD COLUMN     "stsEndpoint" TEXT,
ADD COLUMN     "stsSecretEncrypted" TEXT;
