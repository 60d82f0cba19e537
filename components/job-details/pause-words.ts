import type { JobDetails, JobEventView } from "#lib/jobs/job-views.ts";
import { isPaused } from "../job-status.ts";

/** Why a job does not run at the moment. */
export interface Pause {
  /** `pausing` while the tasks in flight end. */
  state: "pausing" | "paused";
  /** Nobody: jobs of higher priority have the capacity. */
  by: "person" | "priority";
  /** What began it; null where it is not known (yet). */
  event: JobEventView | null;
}

type PausedJob = Pick<JobDetails, "status" | "pausedByPerson" | "events">;

/** @returns null where the job is not paused, and not about to be */
export function pauseOf({ status, pausedByPerson, events }: PausedJob): Pause | null {
  if (!isPaused(status)) return null;
  const type = pausedByPerson ? "pause" : "preempt";
  const latest = events.findLast((event) => event.type === "pause" || event.type === "preempt" || event.type === "resume" || event.type === "activate");
  return { state: status === "Pausing" ? "pausing" : "paused", by: pausedByPerson ? "person" : "priority", event: latest?.type === type ? latest : null };
}
