import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { readId } from "../connections/read-id.ts";
import type { NotificationDelivery, Webhook } from "../db/generated/client.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { mayCall } from "../functions/webhook-url.ts";
import type { Context } from "../jobs/context.ts";
import { log } from "../log.ts";
import type { NewWebhook, WebhookView } from "./notification-views.ts";
import { notificationSecret } from "./webhook-message.ts";
import { maxWebhooks, webhookSchema, webhookUpdateSchema } from "./webhook-schemas.ts";

export const noWebhook = "There is no such webhook. Somebody may have deleted it: go back to the list.";

/** By its origin alone: what stands after that may be a secret of the receiver's. */
export const webhookTarget = ({ id, url }: { id: string; url: string }) => ({ type: "webhook", id, name: new URL(url).origin }) as const;

type Row = Webhook & { deliveries: NotificationDelivery[]; _count: { deliveries: number } };

const withDeliveries = {
  deliveries: { where: { triedAt: { not: null } }, orderBy: { triedAt: "desc" }, take: 1 },
  _count: { select: { deliveries: { where: { dueAt: { not: null } } } } },
} as const;

const viewWebhook = ({ id, url, events, enabled, createdAt, createdBy, deliveries: [last], _count }: Row): WebhookView => ({
  id,
  url,
  events,
  enabled,
  createdAt: createdAt.toISOString(),
  createdBy,
  waiting: _count.deliveries,
  last: last?.triedAt
    ? { at: last.triedAt.toISOString(), delivered: last.deliveredAt !== null, failure: last.failure, givenUp: last.deliveredAt === null && last.dueAt === null }
    : null,
});

/** The installation's webhooks, the oldest first. @throws AppError Forbidden */
export async function listWebhooks(ctx: Context): Promise<WebhookView[]> {
  demand(ctx, "notification.webhook");
  const rows = await ctx.db.webhook.findMany({ include: withDeliveries, orderBy: [{ createdAt: "asc" }, { id: "asc" }], take: maxWebhooks });
  return rows.map(viewWebhook);
}

/** Adds a receiver. Its secret is in the answer, and never told again. @throws AppError Forbidden, InvalidRequest, Conflict; ZodError */
export async function createWebhook(ctx: Context, input: unknown): Promise<NewWebhook> {
  demand(ctx, "notification.webhook");
  const { url, events } = webhookSchema.parse(input);
  const refused = mayCall(url, env().LONGSHORE_WEBHOOK_HOSTS ?? null);
  if (refused) throw new AppError("InvalidRequest", refused, [{ path: "url", message: refused }]);
  if ((await ctx.db.webhook.count()) >= maxWebhooks)
    throw new AppError("Conflict", `There are ${maxWebhooks} webhooks, and no more are kept. Delete one first.`);
  const data = { url, events: [...new Set(events)], createdAt: ctx.now(), createdBy: ctx.caller.name };
  const row = await ctx.db.$transaction(async (tx) => {
    const made = await tx.webhook.create({ data, include: withDeliveries });
    await recordAudit(tx, ctx, { action: "webhook.create", target: webhookTarget(made), after: { events: made.events, enabled: made.enabled } });
    return made;
  });
  log.info({ by: ctx.caller.name, webhook: row.id, origin: new URL(url).origin }, "a webhook was added");
  return { ...viewWebhook(row), secret: notificationSecret(row, env().LONGSHORE_SECRET) };
}

/** @throws AppError Forbidden, NotFound; ZodError */
export async function updateWebhook(ctx: Context, webhookId: unknown, input: unknown): Promise<WebhookView> {
  demand(ctx, "notification.webhook");
  const id = readId(webhookId, noWebhook);
  const { events, enabled } = webhookUpdateSchema.parse(input);
  const data = { ...(events && { events: [...new Set(events)] }), ...(enabled !== undefined && { enabled }) };
  return ctx.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Webhook" WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await tx.webhook.findUnique({ where: { id }, select: { url: true, events: true, enabled: true } });
    if (!before) throw new AppError("NotFound", noWebhook);
    await tx.webhook.update({ where: { id }, data, select: { id: true } });
    const { url, ...values } = before;
    await recordAudit(tx, ctx, { action: "webhook.update", target: webhookTarget({ id, url }), before: values, after: { ...values, ...data } });
    // What is owed to a receiver that is switched off is not kept for it.
    if (enabled === false) await tx.notificationDelivery.deleteMany({ where: { webhookId: id, dueAt: { not: null } } });
    return viewWebhook(await tx.webhook.findUniqueOrThrow({ where: { id }, include: withDeliveries }));
  });
}

/** Deletes a receiver, with what is owed to it. @throws AppError Forbidden, NotFound */
export async function deleteWebhook(ctx: Context, webhookId: unknown): Promise<void> {
  demand(ctx, "notification.webhook");
  const id = readId(webhookId, noWebhook);
  await ctx.db.$transaction(async (tx) => {
    const gone = await tx.webhook.findUnique({ where: { id }, select: { url: true, events: true, enabled: true } });
    const { count } = await tx.webhook.deleteMany({ where: { id } });
    if (!gone || count === 0) throw new AppError("NotFound", noWebhook);
    const { url, ...values } = gone;
    await recordAudit(tx, ctx, { action: "webhook.delete", target: webhookTarget({ id, url }), before: values });
  });
  log.info({ by: ctx.caller.name, webhook: id }, "a webhook was deleted");
}
