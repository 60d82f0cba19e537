import type { JobStatus } from "#lib/db/generated/enums.ts";
import { isTerminal, terminalStatuses } from "#lib/jobs/transition.ts";

export type StatusTone = "neutral" | "info" | "success" | "warning" | "danger" | "progress";

export interface StatusWords {
  /** What a person reads in place of AWS's name. */
  label: string;
  tone: StatusTone;
  /** One sentence: what is going on, and whether anybody has to do something. */
  meaning: string;
}

const words: Record<JobStatus, StatusWords> = {
  New: {
    label: "New",
    tone: "neutral",
    meaning: "The job was created. A worker reads its manifest next.",
  },
  Preparing: {
    label: "Preparing",
    tone: "progress",
    meaning: "A worker is reading the manifest and checking each row. No object is touched yet.",
  },
  Suspended: {
    label: "Awaiting your confirmation",
    tone: "warning",
    meaning: "The job is prepared and waits until somebody reviews and runs it. No object is touched before.",
  },
  Ready: {
    label: "Ready",
    tone: "info",
    meaning: "The job is confirmed and starts as soon as a worker has room for it.",
  },
  Active: {
    label: "Active",
    tone: "progress",
    meaning: "Workers are running the tasks of this job.",
  },
  Pausing: {
    label: "Pausing",
    tone: "warning",
    meaning: "No new task starts: the tasks that are running end first.",
  },
  Paused: {
    label: "Paused",
    tone: "warning",
    meaning: "No task is running. What has run is kept, and the job goes on from there.",
  },
  Completing: {
    label: "Completing",
    tone: "progress",
    meaning: "Every task has run. The completion report is being written.",
  },
  Complete: {
    label: "Complete",
    tone: "success",
    meaning: "Every task has run.",
  },
  Cancelling: {
    label: "Cancelling",
    tone: "warning",
    meaning: "Somebody cancelled the job: tasks already running are finishing and the report of what ran is being written.",
  },
  Cancelled: {
    label: "Cancelled",
    tone: "neutral",
    meaning: "Somebody cancelled the job. Objects it had already changed stay changed.",
  },
  Failing: {
    label: "Failing",
    tone: "danger",
    meaning: "The job has met a failure that ends it: tasks already running are finishing and the report of what ran is being written.",
  },
  Failed: {
    label: "Failed",
    tone: "danger",
    meaning: "The job has failed, for the reason given. Objects it had already changed stay changed.",
  },
};

export const statusWords = (status: JobStatus): StatusWords => words[status];

export const allStatuses = Object.keys(words) as JobStatus[];

/** Nothing changes any more. */
export const hasEnded = isTerminal;

/** The manifest is not read yet, so neither the number of objects nor the digest is final. */
export const isPreparing = (status: JobStatus): boolean => status === "New" || status === "Preparing";

/** Its tasks rest, or are about to: a person's wish, or other jobs' priority. */
export const isPaused = (status: JobStatus): boolean => status === "Pausing" || status === "Paused";

/** How a person thinks of the statuses; each status is in exactly one group. */
export const statusGroups: readonly {
  name: string;
  statuses: readonly JobStatus[];
}[] = [
  { name: "Needs confirmation", statuses: ["Suspended"] },
  {
    name: "Running",
    statuses: ["New", "Preparing", "Ready", "Active", "Pausing", "Paused", "Completing", "Cancelling", "Failing"],
  },
  { name: "Ended", statuses: terminalStatuses },
];
