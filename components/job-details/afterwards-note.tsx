import type { JobDetails } from "#lib/jobs/job-views.ts";
import { findOperation, operationOf } from "#lib/operations/registry.ts";
import { Alert } from "../ui/alert.tsx";

/** Where the store does its part later: what "succeeded" means, and what is still to come. */
export function AfterwardsNote({ job }: { job: JobDetails }) {
  const { params } = operationOf(job.definition.Operation);
  const words = job.definition.DryRun ? undefined : findOperation(job.operation).afterwards?.(params);
  return words !== undefined && job.succeededTasks > 0 ? <Alert tone="info">{words}</Alert> : null;
}
