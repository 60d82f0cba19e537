import type { JobStatus } from "../db/generated/enums.ts";

export const jobEvents = [
  "prepare",
  "suspend",
  "ready",
  "confirm",
  "activate",
  "complete-tasks",
  "exceed-threshold",
  "abandon",
  "cancel",
  "fail",
  "expire",
  "finish",
] as const;

/**
 * What can happen to a job: `ready` and `suspend` end its preparation, `activate` is the first chunk taken,
 * `complete-tasks` the last one counted,
 * `abandon` something that no further task can get past (a manifest that changed), `fail` a preparation or report that cannot succeed, `finish` the report written.
 */
export type JobEventName = (typeof jobEvents)[number];

const legal: Record<JobEventName, Partial<Record<JobStatus, JobStatus>>> = {
  prepare: { New: "Preparing", Preparing: "Preparing" },
  suspend: { Preparing: "Suspended" },
  ready: { Preparing: "Ready" },
  confirm: { Suspended: "Ready" },
  activate: { Ready: "Active", Paused: "Active" },
  "complete-tasks": { Active: "Completing" },
  "exceed-threshold": { Active: "Failing" },
  abandon: { Ready: "Failing", Active: "Failing" },
  cancel: {
    New: "Cancelling",
    Preparing: "Cancelling",
    Suspended: "Cancelling",
    Ready: "Cancelling",
    Active: "Cancelling",
    Pausing: "Cancelling",
    Paused: "Cancelling",
  },
  fail: { New: "Failed", Preparing: "Failed", Completing: "Failed", Cancelling: "Failed", Failing: "Failed" },
  expire: { Suspended: "Failed" },
  finish: { Completing: "Complete", Cancelling: "Cancelled", Failing: "Failed" },
};

/** The service's legal transitions. @returns the next status, or null when the status does not allow the event */
export const transition = (status: JobStatus, event: JobEventName): JobStatus | null => legal[event][status] ?? null;

export const terminalStatuses: readonly JobStatus[] = ["Complete", "Cancelled", "Failed"];
export const isTerminal = (status: JobStatus): boolean => terminalStatuses.includes(status);

/** Chunks are taken from jobs in these; a job in any other status takes no new work. */
export const runnableStatuses: readonly JobStatus[] = ["Ready", "Active"];
