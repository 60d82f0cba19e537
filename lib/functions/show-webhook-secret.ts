import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { env } from "../env.ts";
import type { Context } from "../jobs/context.ts";
import { log } from "../log.ts";
import { type WebhookSecretView, webhookSecretSchema } from "./webhook-secret-schema.ts";
import { webhookSecret } from "./webhook-signature.ts";

/** The secret that a receiver checks our signatures with. @throws AppError Forbidden; ZodError */
export async function showWebhookSecret(ctx: Context, input: unknown): Promise<WebhookSecretView> {
  demand(ctx, "webhook.secret");
  const { url } = webhookSecretSchema.parse(input);
  const { origin } = new URL(url);
  await recordAudit(ctx.db, ctx, { action: "webhook.secret", target: { type: "webhook", id: null, name: origin } });
  log.info({ by: ctx.caller.name, origin }, "a webhook's secret was shown");
  return { origin, secret: webhookSecret(url, env().LONGSHORE_SECRET) };
}
