import type { JobDetails } from "#lib/jobs/job-views.ts";
import { hasEnded } from "../job-status.ts";

/** Why there is nothing to read, or "written". */
export type ReportState = "off" | "not-run" | "pending" | "not-written" | "no-failures" | "written";

export function reportState(job: Pick<JobDetails, "status" | "definition" | "reportLocation" | "succeededTasks" | "failedTasks">): ReportState {
  const { Report } = job.definition;
  if (!Report.Enabled) return "off";
  if (!hasEnded(job.status)) return "pending";
  if (job.succeededTasks + job.failedTasks === 0) return "not-run";
  if (Report.ReportScope === "FailedTasksOnly" && job.failedTasks === 0) return "no-failures";
  return job.reportLocation === null ? "not-written" : "written";
}
