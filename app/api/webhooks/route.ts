import { route } from "#lib/http/route.ts";
import { createWebhook, listWebhooks } from "#lib/notifications/webhooks.ts";

/** → WebhookView[] */
export const GET = route(({ ctx }) => listWebhooks(ctx));

/** webhookSchema → NewWebhook */
export const POST = route(async ({ ctx, body }) => createWebhook(ctx, await body()));
