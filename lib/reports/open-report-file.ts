import type { Readable } from "node:stream";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { jobTarget } from "../jobs/job-target.ts";
import { findReport } from "./find-report.ts";
import { downloadName, isFileOf } from "./report-files.ts";
import { readFromS3 } from "./report-problem.ts";

/**
 * A file of a job's completion report, as it lies in S3.
 * @param key one that the report's manifest.json names, or manifest.json itself
 * @throws AppError NotFound for any other key, and as findReport
 */
export async function openReportFile(
  ctx: Context,
  { jobId, key }: { jobId: string; key: string },
): Promise<{ stream: Readable; bytes: number | null; name: string }> {
  demand(ctx, "job.read");
  const report = await findReport(ctx, jobId);
  const { s3, location } = report;
  if (!isFileOf(report, key)) {
    s3.destroy();
    throw new AppError("NotFound", "The completion report has no such file.");
  }
  await recordAudit(ctx.db, ctx, { action: "report.download", target: jobTarget(report.job), after: { key } });
  const answer = await readFromS3(location, key, () => s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: key }))).catch((error: unknown) => {
    s3.destroy();
    throw error;
  });
  const stream = answer.Body as Readable;
  stream.once("close", () => s3.destroy());
  return { stream, bytes: answer.ContentLength ?? null, name: downloadName(jobId, key) };
}
