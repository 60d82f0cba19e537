import { createHmac, hkdfSync } from "node:crypto";

const prefix = "whsec_";

/**
 * The secret that a receiver checks signatures with: its own, so that no receiver can speak for us to another. Worked out from the
 * installation's secret, so that nothing is stored and every worker has it.
 * @param url of the webhook; its origin counts
 * @param installationSecret LONGSHORE_SECRET
 * @returns as Standard Webhooks writes secrets: "whsec_" and base64
 */
export function webhookSecret(url: string, installationSecret: string): string {
  const key = hkdfSync("sha256", installationSecret, "longshore", `webhook v1 ${new URL(url).origin}`, 32);
  return `${prefix}${Buffer.from(key).toString("base64")}`;
}

/**
 * The headers by which a receiver tells who calls, as Standard Webhooks has them: a signature by each secret, so that those
 * who know the former one still believe it while the installation's is being changed.
 * @param now ms
 */
export function signatureHeaders(id: string, body: string, secrets: string | readonly string[], now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = [secrets].flat().map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
