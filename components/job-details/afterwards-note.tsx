import type { JobDetails } from "#lib/jobs/job-views.ts";
import { Alert } from "../ui/alert.tsx";
import { useOperations } from "../use-operations.ts";

/** Where the store does its part later: what "succeeded" means, and what is still to come. */
export function AfterwardsNote({ job }: { job: JobDetails }) {
  const operations = useOperations();
  if (!operations) return null;
  const { params } = operations.operationOf(job.definition.Operation);
  const words = job.definition.DryRun ? undefined : operations.findOperation(job.operation).afterwards?.(params);
  return words !== undefined && job.succeededTasks > 0 ? <Alert tone="info">{words}</Alert> : null;
}
