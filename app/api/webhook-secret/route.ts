import { showWebhookSecret } from "#lib/functions/show-webhook-secret.ts";
import { route } from "#lib/http/route.ts";

/** A POST, so that the URL is in no log and the answer in no cache. */
export const POST = route(async ({ ctx, body }) => showWebhookSecret(ctx, await body()));
