/** What many jobs can be asked at once; their verbs are in change-jobs.ts. */

export type JobAction = "cancel" | "priority" | "pause" | "resume";

export const maxJobsAtOnce = 1000;

/** A job that a change does not reach, and why. */
export interface Unchanged {
  jobId: string;
  description: string;
  reason: string;
}

export interface ChangesForeseen {
  /** The jobs that allow it now. */
  able: string[];
  unable: Unchanged[];
  /** Of those that allow it: how many tasks they have, and how many of these have run. */
  tasks: number;
  tasksRun: number;
}

export interface ChangesMade {
  changed: string[];
  unchanged: Unchanged[];
}
