import { hkdfSync } from "node:crypto";
import type { NotificationEvent } from "../db/generated/enums.ts";
import type { NotifiedJob } from "./notification-views.ts";
import { bodyOf, hrefOf, titleOf } from "./words.ts";

const types: Record<NotificationEvent, string> = {
  awaiting: "job.awaiting_confirmation",
  sentBack: "job.sent_back",
  paused: "job.paused",
  finished: "job.finished",
  failed: "job.failed",
};

/**
 * The secret that a receiver of notifications checks signatures with: one for each webhook, so that a new one has a new secret, and
 * apart from those of the webhooks that jobs call. Worked out from the installation's secret, so that nothing is stored.
 * @returns as Standard Webhooks writes secrets: "whsec_" and base64
 */
export function notificationSecret(webhook: { id: string; url: string }, installationSecret: string): string {
  const key = hkdfSync("sha256", installationSecret, "longshore", `notifications v1 ${webhook.id} ${new URL(webhook.url).origin}`, 32);
  return `whsec_${Buffer.from(key).toString("base64")}`;
}

interface Told {
  event: NotificationEvent;
  at: Date;
  job: NotifiedJob;
}

/** The body of a request to a receiver, the same at each attempt. @param consoleUrl LONGSHORE_URL, where it is set */
export const messageOf = ({ event, at, job }: Told, consoleUrl: string | undefined): string =>
  JSON.stringify({
    type: types[event],
    timestamp: at.toISOString(),
    data: {
      title: titleOf(event, job),
      text: bodyOf(event, job),
      url: consoleUrl === undefined ? null : new URL(hrefOf(event, job.id), consoleUrl).href,
      job: {
        id: job.id,
        status: job.status,
        description: job.description,
        operation: job.operation,
        dryRun: job.dryRun,
        totalTasks: job.totalTasks,
        succeededTasks: job.succeededTasks,
        failedTasks: job.failedTasks,
        createdBy: job.createdBy,
      },
      actor: job.actor,
      detail: job.detail,
    },
  });

/** What a webhook is tried with. */
export const pingMessage = (at: Date): string =>
  JSON.stringify({ type: "ping", timestamp: at.toISOString(), data: { text: "Longshore reaches this receiver." } });
