-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "lambdaEndpoint" TEXT;
