import type { JobStatus } from "../../db/generated/enums.ts";
import { AppError } from "../../errors.ts";
import { type JobsPage, listJobsPage } from "../../jobs/list-jobs-page.ts";
import { type ApiOperation, parameter, wholeNumber } from "../api-operation.ts";
import { listJobsResult } from "../model.ts";
import { progressOf } from "../progress.ts";
import { S3ControlError } from "../s3-control-error.ts";
import { resultXml } from "../write-xml.ts";

export const listJobsOperation: ApiOperation = {
  name: "ListJobs",
  method: "GET",
  path: "/jobs",
  exceptions: { InvalidRequest: "InvalidRequestException" },
  run: async (ctx, { query }) => {
    const maxResults = parameter(query, "maxResults");
    const { jobs, nextToken } = await listJobsPage(ctx, {
      JobStatuses: query.getAll("jobStatuses").filter((status) => status !== "") as JobStatus[],
      MaxResults: maxResults === undefined ? undefined : wholeNumber(maxResults),
      NextToken: parameter(query, "nextToken"),
    }).catch((error: unknown) => {
      if (error instanceof AppError && error.issues[0]?.path === "NextToken") throw new S3ControlError("InvalidNextTokenException", 400, error.message);
      throw error;
    });
    return resultXml("ListJobsResult", { NextToken: nextToken, Jobs: jobs.map(listed) }, listJobsResult);
  },
};

/** The service's JobListDescriptor. */
const listed = (job: JobsPage["jobs"][number]) => ({
  JobId: job.id,
  Description: job.description || undefined,
  Operation: job.operation,
  Priority: job.priority,
  Status: job.status,
  CreationTime: job.createdAt,
  TerminationDate: job.terminatedAt,
  ProgressSummary: progressOf(job),
});
