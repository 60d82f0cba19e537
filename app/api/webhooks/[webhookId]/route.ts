import { route } from "#lib/http/route.ts";
import { deleteWebhook, updateWebhook } from "#lib/notifications/webhooks.ts";

interface Params {
  webhookId: string;
}

/** webhookUpdateSchema → WebhookView */
export const PATCH = route<Params>(async ({ ctx, params, body }) => updateWebhook(ctx, params.webhookId, await body()));

export const DELETE = route<Params>(({ ctx, params }) => deleteWebhook(ctx, params.webhookId));
