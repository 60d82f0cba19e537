import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { testWebhook } from "#lib/notifications/test-webhook.ts";

/** → {failure}: why the receiver did not take it; null when it did */
export const POST = route<{ webhookId: string }>(({ ctx, params }) => testWebhook(ctx, params.webhookId), costly);
