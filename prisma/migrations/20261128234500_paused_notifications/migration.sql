-- AlterEnum
ALTER TYPE "NotificationEvent" ADD VALUE 'paused' BEFORE 'finished';
