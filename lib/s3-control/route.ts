import type { ApiOperation } from "./api-operation.ts";
import { createJobOperation } from "./operations/create-job.ts";
import { describeJobOperation } from "./operations/describe-job.ts";
import { deleteJobTaggingOperation, getJobTaggingOperation, putJobTaggingOperation } from "./operations/job-tagging.ts";
import { listJobsOperation } from "./operations/list-jobs.ts";
import { updateJobPriorityOperation } from "./operations/update-job-priority.ts";
import { updateJobStatusOperation } from "./operations/update-job-status.ts";
import { S3ControlError } from "./s3-control-error.ts";

const operations: readonly ApiOperation[] = [
  createJobOperation,
  listJobsOperation,
  describeJobOperation,
  updateJobPriorityOperation,
  updateJobStatusOperation,
  getJobTaggingOperation,
  putJobTaggingOperation,
  deleteJobTaggingOperation,
];

/**
 * The operation that a request means.
 * @param path as on the wire, undecoded
 * @throws S3ControlError NotImplemented for the rest of S3 Control, MethodNotAllowed
 */
export function routeOf(method: string, path: string): { operation: ApiOperation; jobId: string } {
  const [, jobId = "", rest = ""] = /^\/v20180820\/jobs(?:\/([^/]+)(\/[a-z]+)?)?$/.exec(path) ?? [];
  const pattern = path === "/v20180820/jobs" ? "/jobs" : jobId && `/jobs/{id}${rest}`;
  const candidates = operations.filter((operation) => operation.path === pattern);
  if (candidates.length === 0) throw new S3ControlError("NotImplemented", 501, "Longshore serves the job operations of S3 Control, at /v20180820/jobs.");
  const operation = candidates.find((candidate) => candidate.method === method);
  if (!operation) throw new S3ControlError("MethodNotAllowed", 405, `The method ${method} is not allowed here.`);
  return { operation, jobId };
}
