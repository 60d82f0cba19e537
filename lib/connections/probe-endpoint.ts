import { ListBucketsCommand, type S3Client } from "@aws-sdk/client-s3";
import { request } from "undici";
import { createGuardedAgent } from "../net/guarded-agent.ts";
import { certificatesOf } from "../s3/certificates.ts";
import type { S3Target } from "../s3/connect-s3.ts";
import type { Finding } from "./connection-views.ts";
import { explain } from "./explain.ts";

const patienceMs = 8_000;
export const soon = (): { abortSignal: AbortSignal } => ({ abortSignal: AbortSignal.timeout(patienceMs) });

/** Whether anything answers there, and how far its clock is from ours. Any answer will do: S3 refuses the unsigned. */
export async function probeEndpoint(target: Pick<S3Target, "endpoint" | "caCertificate">): Promise<Finding[]> {
  const dispatcher = createGuardedAgent({ connectMs: patienceMs, ...certificatesOf(target) });
  try {
    const { headers, body } = await request(target.endpoint, { method: "HEAD", dispatcher, signal: AbortSignal.timeout(patienceMs) });
    await body.dump();
    const clock = clockFinding(String(headers.date ?? ""), new Date());
    return [{ check: "endpoint", ok: "ok", message: "The endpoint answers." }, ...(clock ? [clock] : [])];
  } catch (error) {
    return [{ check: "endpoint", ok: "error", message: explain(error).message }];
  } finally {
    await dispatcher.destroy();
  }
}

/** @param date the store's Date header, empty without one @returns null when the store does not say its time */
export function clockFinding(date: string, now: Date): Finding | null {
  const theirs = Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  const seconds = Math.abs(theirs - now.getTime()) / 1000;
  if (seconds < 60) return { check: "clock", ok: "ok", message: "The clocks of the store and of this machine agree." };
  const minutes = Math.round(seconds / 60);
  const apart = `The clocks of the store and of this machine are ${minutes} ${minutes === 1 ? "minute" : "minutes"} apart`;
  if (seconds < 14 * 60) return { check: "clock", ok: "warning", message: `${apart}. Stores refuse 15 minutes and more: set the clock (NTP).` };
  return { check: "clock", ok: "error", message: `${apart}, and S3 refuses requests signed at another time. Set the clock (NTP).` };
}

export async function probeCredentials(s3: S3Client): Promise<Finding> {
  const check = "credentials";
  try {
    await s3.send(new ListBucketsCommand({}), soon());
    return { check, ok: "ok", message: "The keys are accepted." };
  } catch (error) {
    const { kind, message } = explain(error);
    if (kind === "denied")
      return { check, ok: "warning", message: "These keys may not list the buckets. Jobs work all the same; where a bucket is asked for, type its name." };
    return { check, ok: "error", message };
  }
}
