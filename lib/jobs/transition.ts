import type { JobStatus } from "../db/generated/enums.ts";

export const jobEvents = [
  "prepare",
  "suspend",
  "ready",
  "confirm",
  "activate",
  "pause",
  "preempt",
  "halt",
  "resume",
  "complete-tasks",
  "canary-end",
  "exceed-threshold",
  "abandon",
  "cancel",
  "fail",
  "expire",
  "expire-canary",
  "finish",
] as const;

/**
 * What can happen to a job: `ready` and `suspend` end its preparation, `activate` is a chunk taken,
 * `pause` a person's wish, `preempt` a job of higher priority taking the capacity, `halt` the last chunk given back after either,
 * `resume` a person's wish again, `complete-tasks` the last chunk counted, `canary-end` the last task of those that run before somebody is asked again,
 * `expire-canary` nobody confirming the rest of them in time,
 * `abandon` something that no further task can get past (a manifest that changed), `fail` a preparation or report that cannot succeed, `finish` the report written.
 */
export type JobEventName = (typeof jobEvents)[number];

const legal: Record<JobEventName, Partial<Record<JobStatus, JobStatus>>> = {
  prepare: { New: "Preparing", Preparing: "Preparing" },
  suspend: { Preparing: "Suspended" },
  ready: { Preparing: "Ready" },
  confirm: { Suspended: "Ready" },
  activate: { Ready: "Active", Pausing: "Active", Paused: "Active" },
  pause: { Ready: "Paused", Active: "Pausing", Pausing: "Pausing", Paused: "Paused" },
  preempt: { Active: "Pausing" },
  halt: { Pausing: "Paused" },
  resume: { Pausing: "Active", Paused: "Ready" },
  // From Ready as well: a lease may outlast a pause and its end.
  "complete-tasks": { Ready: "Completing", Active: "Completing", Pausing: "Completing", Paused: "Completing" },
  "canary-end": { Ready: "Suspended", Active: "Suspended", Pausing: "Suspended", Paused: "Suspended" },
  "exceed-threshold": { Ready: "Failing", Active: "Failing", Pausing: "Failing", Paused: "Failing" },
  abandon: { Ready: "Failing", Active: "Failing", Pausing: "Failing", Paused: "Failing" },
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
  // What ran is reported first.
  "expire-canary": { Suspended: "Failing" },
  finish: { Completing: "Complete", Cancelling: "Cancelled", Failing: "Failed" },
};

/** The service's legal transitions. @returns the next status, or null when the status does not allow the event */
export const transition = (status: JobStatus, event: JobEventName): JobStatus | null => legal[event][status] ?? null;

export const terminalStatuses: readonly JobStatus[] = ["Complete", "Cancelled", "Failed"];
export const isTerminal = (status: JobStatus): boolean => terminalStatuses.includes(status);

/** Tasks of a job in one of these have run or are to run. */
export const runningStatuses: readonly JobStatus[] = ["Ready", "Active", "Pausing", "Paused"];

/** Whether chunks of the job may be taken: it runs, and no person has paused it. */
export const isRunnable = (job: { status: JobStatus; pausedBy: string | null }): boolean => runningStatuses.includes(job.status) && job.pausedBy === null;
