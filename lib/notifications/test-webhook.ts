import { randomUUID } from "node:crypto";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { installationSecrets } from "../auth/stored-secrets.ts";
import { readId } from "../connections/read-id.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import { createGuardedHttp } from "../functions/guarded-http.ts";
import type { Context } from "../jobs/context.ts";
import { sendWebhook } from "./send-webhook.ts";
import { pingMessage } from "./webhook-message.ts";
import { noWebhook, webhookTarget } from "./webhooks.ts";

/** Sends a receiver a message of no consequence, at once. @returns why it was not taken; null when it was @throws AppError Forbidden, NotFound */
export async function testWebhook(ctx: Context, webhookId: unknown): Promise<{ failure: string | null }> {
  demand(ctx, "notification.webhook");
  const webhook = await ctx.db.webhook.findUnique({ where: { id: readId(webhookId, noWebhook) }, select: { id: true, url: true } });
  if (!webhook) throw new AppError("NotFound", noWebhook);
  await recordAudit(ctx.db, ctx, { action: "webhook.test", target: webhookTarget(webhook) });
  const { LONGSHORE_WEBHOOK_HOSTS } = env();
  const http = createGuardedHttp();
  try {
    const tools = { http, secrets: installationSecrets(), allowedHosts: LONGSHORE_WEBHOOK_HOSTS ?? null };
    return { failure: await sendWebhook(tools, webhook, randomUUID(), pingMessage(ctx.now()), ctx.now()) };
  } finally {
    http.close();
  }
}
