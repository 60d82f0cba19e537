import { describeJob } from "../../jobs/describe-job.ts";
import type { JobDetails } from "../../jobs/job-views.ts";
import type { ApiOperation } from "../api-operation.ts";
import { describeJobResult } from "../model.ts";
import { progressOf } from "../progress.ts";
import { resultXml } from "../write-xml.ts";

export const describeJobOperation: ApiOperation = {
  name: "DescribeJob",
  method: "GET",
  path: "/jobs/{id}",
  run: async (ctx, { jobId }) => {
    const job = await describeJob(ctx, jobId);
    const { generatedManifest } = await ctx.db.job.findUniqueOrThrow({ where: { id: job.id }, select: { generatedManifest: true } });
    return resultXml("DescribeJobResult", { Job: descriptorOf(job, generatedManifest) }, describeJobResult);
  },
};

/** The service's JobDescriptor. @param generatedManifest {Format, Location} of a generated manifest that was kept; null where none was */
export const descriptorOf = (job: JobDetails, generatedManifest: unknown) => ({
  JobId: job.id,
  ConfirmationRequired: job.confirmationRequired,
  Description: job.description || undefined,
  JobArn: job.arn,
  Status: job.status,
  ...job.definition,
  Priority: job.priority,
  ProgressSummary: progressOf(job),
  StatusUpdateReason: job.statusUpdateReason,
  FailureReasons: job.failureReasons.map(({ FailureCode, FailureReason }) => ({ FailureCode: cut(FailureCode, 64), FailureReason: cut(FailureReason, 256) })),
  CreationTime: job.createdAt,
  TerminationDate: job.terminatedAt,
  ...(job.status === "Suspended" && { SuspendedDate: job.suspendedAt, SuspendedCause: "Awaiting confirmation to run" }),
  GeneratedManifestDescriptor: generatedManifest,
});

/** To the model's length: clients may rely on it. */
const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
