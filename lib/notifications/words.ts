import type { NotificationEvent } from "../db/generated/enums.ts";
import type { NotifiedJob } from "./notification-views.ts";

const count = (value: number, noun: string): string => `${value.toLocaleString("en-US")} ${noun}${value === 1 ? "" : "s"}`;

/** One line of text that nothing in it can break, hide or turn round. @param max characters */
export function oneLine(text: string, max: number): string {
  const plain = text
    .replace(/[\p{C}\p{Zl}\p{Zp}\p{DI}]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
  const characters = [...plain];
  return characters.length <= max ? plain : `${characters.slice(0, max - 1).join("")}…`;
}

export const nameOf = (job: Pick<NotifiedJob, "description" | "operationTitle">): string => oneLine(job.description, 120) || job.operationTitle;

/** What has happened, to which job. */
export function titleOf(event: NotificationEvent, job: NotifiedJob): string {
  return `${heads[event](job)}: ${nameOf(job)}`;
}

const heads: Record<NotificationEvent, (job: NotifiedJob) => string> = {
  awaiting: () => "Awaiting confirmation",
  sentBack: () => "Sent back",
  paused: () => "Paused",
  finished: ({ status, failedTasks }) => (status === "Cancelled" ? "Cancelled" : failedTasks > 0 ? "Finished with failures" : "Finished"),
  failed: () => "Failed",
};

/** What there is to know of it before anybody opens the job. */
export function bodyOf(event: NotificationEvent, job: NotifiedJob): string {
  return `${dry(job)}${sentences[event](job)}`;
}

const dry = ({ dryRun }: NotifiedJob): string => (dryRun ? "Dry run. " : "");
const because = ({ detail }: NotifiedJob): string => (detail ? ` ${oneLine(detail, 300)}` : "");
const ran = ({ totalTasks, succeededTasks, failedTasks }: NotifiedJob): string =>
  `${succeededTasks.toLocaleString("en-US")} of ${count(totalTasks, "object")} succeeded, ${failedTasks.toLocaleString("en-US")} failed.`;

const sentences: Record<NotificationEvent, (job: NotifiedJob) => string> = {
  awaiting: (job) =>
    `${job.operationTitle}, on ${count(job.totalTasks, "object")}${job.createdBy ? `, by ${oneLine(job.createdBy, 80)}` : ""}. Nothing runs until somebody has confirmed it.`,
  sentBack: (job) => `${oneLine(job.actor, 80)} asks for a change before it may run.${because(job)}`,
  paused: (job) => `Somebody has to mend something before it can go on.${because(job)}`,
  finished: (job) => (job.status === "Cancelled" ? `${oneLine(job.actor, 80)} ended it. ${ran(job)}` : ran(job)),
  failed: (job) => `${ran(job)}${because(job)}`,
};

/** Where in the console the job is looked at. */
export const hrefOf = (event: NotificationEvent, jobId: string): string =>
  event === "awaiting" || event === "sentBack" ? `/jobs/${jobId}/review` : `/jobs/${jobId}`;
