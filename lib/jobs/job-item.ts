import { isOwn } from "../auth/permissions.ts";
import type { Job, User } from "../db/generated/client.ts";
import { findOperation } from "../operations/registry.ts";
import type { JobListItem } from "./job-views.ts";
import { isSentBack } from "./sent-back.ts";
import { isTerminal } from "./transition.ts";

/** Counts of the tasks that executors have run in chunks that are not counted yet. */
export interface LiveCounts {
  succeeded: number;
  failed: number;
}

/** @param caller for whom; `live` of the chunks that run */
export const toJobListItem = (
  caller: { userId: string | null },
  job: Omit<
    Job,
    "definition" | "manifestSample" | "manifestBuckets" | "preflight" | "leftOut" | "duplicateRows" | "generatedManifest" | "failureReasons" | "tags"
  > & {
    createdBy: Pick<User, "name"> | null;
  },
  live: LiveCounts = { succeeded: 0, failed: 0 },
): JobListItem => ({
  id: job.id,
  status: job.status,
  pausedByPerson: job.pausedBy !== null,
  sentBack: isSentBack(job),
  operation: job.operation,
  operationTitle: findOperation(job.operation).title,
  dryRun: job.dryRun,
  description: job.description,
  priority: job.priority,
  // What a preparation that did not end has read is a count of rows, and no total.
  totalTasks: job.preparedAt === null && isTerminal(job.status) ? 0 : Number(job.totalTasks),
  succeededTasks: Number(job.succeededTasks) + live.succeeded,
  failedTasks: Number(job.failedTasks) + live.failed,
  createdAt: job.createdAt.toISOString(),
  terminatedAt: job.terminatedAt?.toISOString() ?? null,
  createdBy: job.createdBy?.name ?? null,
  own: isOwn(caller, job),
});
