-- CreateEnum
CREATE TYPE "NotificationEvent" AS ENUM ('awaiting', 'sentBack', 'finished', 'failed');

-- CreateTable
CREATE TABLE "Notification" (
    "id" UUID NOT NULL,
    "jobId" UUID NOT NULL,
    "event" "NotificationEvent" NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "ownerId" TEXT,
    "subject" JSONB NOT NULL,
    "txid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint,
    "addressedAt" TIMESTAMP(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationDelivery" (
    "id" UUID NOT NULL,
    "notificationId" UUID NOT NULL,
    "webhookId" UUID,
    "userId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "triedAt" TIMESTAMP(3),
    "deliveredAt" TIMESTAMP(3),
    "failure" TEXT,

    CONSTRAINT "NotificationDelivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Webhook" (
    "id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "events" "NotificationEvent"[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotificationChoice" (
    "userId" TEXT NOT NULL,
    "browser" JSONB NOT NULL,
    "email" JSONB NOT NULL,

    CONSTRAINT "NotificationChoice_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE INDEX "Notification_txid_idx" ON "Notification"("txid");

-- CreateIndex
CREATE INDEX "Notification_addressedAt_at_idx" ON "Notification"("addressedAt", "at");

-- CreateIndex
CREATE INDEX "Notification_at_idx" ON "Notification"("at");

-- CreateIndex
CREATE INDEX "NotificationDelivery_dueAt_idx" ON "NotificationDelivery"("dueAt");

-- CreateIndex
CREATE INDEX "NotificationDelivery_webhookId_triedAt_idx" ON "NotificationDelivery"("webhookId", "triedAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_notificationId_webhookId_key" ON "NotificationDelivery"("notificationId", "webhookId");

-- CreateIndex
CREATE UNIQUE INDEX "NotificationDelivery_notificationId_userId_key" ON "NotificationDelivery"("notificationId", "userId");

-- CreateIndex
CREATE INDEX "Job_terminatedAt_idx" ON "Job"("terminatedAt" DESC);

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_notificationId_fkey" FOREIGN KEY ("notificationId") REFERENCES "Notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_webhookId_fkey" FOREIGN KEY ("webhookId") REFERENCES "Webhook"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotificationChoice" ADD CONSTRAINT "NotificationChoice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
