import type { Db } from "../db/client.ts";
import { nextTry } from "./backoff.ts";
import { mailMessage } from "./mail-message.ts";
import { type Mailer, mailFailure } from "./mailer.ts";
import { notificationEvents } from "./notification-events.ts";
import type { NotifiedJob } from "./notification-views.ts";
import { sendWebhook, type WebhookTools } from "./send-webhook.ts";
import { messageOf } from "./webhook-message.ts";

export interface DeliveryTools {
  db: Db;
  now: () => Date;
  webhooks: WebhookTools;
  /** Null where the installation sends no mail. */
  mailer: Mailer | null;
  /** LONGSHORE_URL */
  consoleUrl: string | undefined;
  /** 0 to 1; of its own in tests. */
  random?: () => number;
}

export interface Outcome {
  deliveryId: string;
  /** Null: it was delivered. */
  failure: string | null;
  givenUp: boolean;
}

/** A deliverer that is silent for this long is taken for dead, and another one delivers again: longer than any attempt takes. */
export const leaseMs = 60_000;

/**
 * Delivers what has been due the longest. Whoever dies after the receiver took it and before that was written has it delivered again,
 * with the same id. What tells of an event that only newer workers know is left to them.
 * @returns null: nothing is due
 */
export async function deliverNext(tools: DeliveryTools): Promise<Outcome | null> {
  const { db, now } = tools;
  const started = now();
  const [taken] = await db.$queryRaw<{ id: string; attempts: number }[]>`
    UPDATE "NotificationDelivery" SET attempts = attempts + 1, "triedAt" = ${started}, "dueAt" = ${new Date(started.getTime() + leaseMs)}
    WHERE id = (
      SELECT delivery.id FROM "NotificationDelivery" delivery JOIN "Notification" notification ON notification.id = delivery."notificationId"
      WHERE delivery."dueAt" <= ${started} AND notification.event::text = ANY(${notificationEvents})
      ORDER BY delivery."dueAt" LIMIT 1 FOR UPDATE OF delivery SKIP LOCKED
    ) RETURNING id, attempts`;
  if (!taken) return null;
  const delivery = await db.notificationDelivery.findUniqueOrThrow({
    where: { id: taken.id },
    // Of a webhook no events: a newer console may have let it choose some that are not known here.
    include: { notification: true, webhook: { select: { id: true, url: true } }, user: { select: { email: true } } },
  });
  const failure = await attempt(tools, delivery);
  const ended = now();
  const next = failure === null ? null : nextTry(taken.attempts, delivery.createdAt, ended, (tools.random ?? Math.random)());
  // Whoever was taken for dead meanwhile writes nothing.
  await db.notificationDelivery.updateMany({
    where: { id: taken.id, attempts: taken.attempts },
    data: failure === null ? { deliveredAt: ended, dueAt: null, failure: null } : { failure, dueAt: next },
  });
  // A receiver that is away is not asked once for each thing that it missed.
  if (next && delivery.webhookId) {
    await db.notificationDelivery.updateMany({ where: { webhookId: delivery.webhookId, dueAt: { lt: next } }, data: { dueAt: next } });
  }
  return { deliveryId: taken.id, failure, givenUp: failure !== null && next === null };
}

interface Due {
  id: string;
  notification: { event: Parameters<typeof mailMessage>[0]["event"]; at: Date; subject: unknown };
  webhook: { id: string; url: string } | null;
  user: { email: string } | null;
}

/** @returns null, or why it failed */
async function attempt({ webhooks, mailer, consoleUrl, now }: DeliveryTools, { id, notification, webhook, user }: Due): Promise<string | null> {
  const told = { event: notification.event, at: notification.at, job: notification.subject as NotifiedJob };
  if (webhook) return sendWebhook(webhooks, webhook, id, messageOf(told, consoleUrl), now());
  if (!mailer) return "The worker that tried has no mail server (LONGSHORE_SMTP_URL).";
  if (!user) return null;
  try {
    await mailer.send({ ...mailMessage(told, consoleUrl), to: user.email, id });
    return null;
  } catch (error) {
    return mailFailure(error);
  }
}
