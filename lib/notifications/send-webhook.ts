import { type GuardedHttp, GuardedHttpError } from "../functions/guarded-http.ts";
import { signatureHeaders } from "../functions/webhook-signature.ts";
import { mayCall } from "../functions/webhook-url.ts";
import { notificationSecret } from "./webhook-message.ts";

export interface WebhookTools {
  http: GuardedHttp;
  /** LONGSHORE_SECRET, and former ones while it changes. */
  secrets: readonly string[];
  /** LONGSHORE_WEBHOOK_HOSTS */
  allowedHosts: readonly string[] | null;
}

const timeoutMs = 10_000;
/** A receiver has nothing to tell. */
const maxBytes = 64 * 1024;

/**
 * POSTs a message to a receiver. What it answers beyond its status is read by nobody: a webhook must not be a way to see into a network.
 * @param id by which the receiver tells a repetition
 * @returns null when it was taken; else why not, in words
 */
export async function sendWebhook(tools: WebhookTools, webhook: { id: string; url: string }, id: string, body: string, now: Date): Promise<string | null> {
  const refused = mayCall(webhook.url, tools.allowedHosts);
  if (refused) return `${refused}.`;
  const headers = {
    "content-type": "application/json",
    "user-agent": "Longshore",
    ...signatureHeaders(
      id,
      body,
      tools.secrets.map((secret) => notificationSecret(webhook, secret)),
      now.getTime(),
    ),
  };
  try {
    const { httpStatus } = await tools.http.send({ url: webhook.url, method: "POST", headers, body, timeoutMs, maxBytes });
    return verdictOn(httpStatus);
  } catch (error) {
    return wordsOf(error);
  }
}

function verdictOn(httpStatus: number): string | null {
  if (httpStatus >= 200 && httpStatus < 300) return null;
  if (httpStatus >= 300 && httpStatus < 400) return `The receiver redirects (${httpStatus}), which is not followed.`;
  return `The receiver answered ${httpStatus}.`;
}

/** The address is known to whoever reads this; what else the connection says may tell of the network behind. */
function wordsOf(error: unknown): string {
  // It took the message: what it says about it is too much.
  if (error instanceof GuardedHttpError) return `${error.message}.`;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return `The receiver could not be reached${code}.`;
}
