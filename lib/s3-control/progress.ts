import type { JobListItem } from "../jobs/job-views.ts";

/** The service's JobProgressSummary. */
export const progressOf = (job: Pick<JobListItem, "totalTasks" | "succeededTasks" | "failedTasks"> & { elapsedActiveSeconds: number }) => ({
  TotalNumberOfTasks: job.totalTasks,
  NumberOfTasksSucceeded: job.succeededTasks,
  NumberOfTasksFailed: job.failedTasks,
  Timers: { ElapsedTimeInActiveSeconds: Math.floor(job.elapsedActiveSeconds) },
});
