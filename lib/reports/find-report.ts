import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Connection } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { jobDefinitionSchema } from "../jobs/job-schema.ts";
import { isUuid } from "../jobs/move-job.ts";
import { isTerminal } from "../jobs/transition.ts";
import { connectS3 } from "../s3/connect-s3.ts";
import { targetOf } from "../s3/connection-client.ts";
import { firstBytes } from "../s3/first-bytes.ts";
import { type ReportLocation, reportLocation } from "./report-location.ts";
import { parseReportManifest, type ReportManifest } from "./report-manifest.ts";
import { ReportFileError, readFromS3 } from "./report-problem.ts";
import { reportSchemaText } from "./report-row.ts";

/** A result file holds half a gigabyte, so the manifest of any report is far smaller. */
const maxManifestBytes = 4 * 1024 * 1024;

export interface FoundReport {
  s3: S3Client;
  location: ReportLocation;
  manifest: ReportManifest;
  /** Rows that the files of each status have, as the job counted them. */
  rows: { succeeded: number; failed: number };
  connection: Connection;
  job: { id: string; description: string };
}

/**
 * A job's completion report, read with the connection's own keys.
 * @throws AppError NotFound (with why there is none), Upstream when S3 does not give it
 */
export async function findReport(ctx: Pick<Context, "db" | "accountId">, jobId: string): Promise<FoundReport> {
  const job = isUuid(jobId)
    ? await ctx.db.job.findFirst({ where: { id: jobId, accountId: ctx.accountId }, include: { role: { include: { connection: true } } } })
    : null;
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  const { Report } = jobDefinitionSchema.parse(job.definition);
  if (!Report.Enabled) throw new AppError("NotFound", "This job was created without a completion report.");
  if (job.reportManifestKey === null) {
    throw new AppError(
      "NotFound",
      isTerminal(job.status) ? "No task ran, so there is nothing to report." : "The completion report is written when the job has ended.",
    );
  }
  const { connection } = job.role;
  const s3 = connectS3(targetOf(connection, connection));
  const location = reportLocation(Report, jobId);
  try {
    const manifest = await readManifest(s3, location);
    const succeeded = Report.ReportScope === "AllTasks" ? Number(job.succeededTasks) : 0;
    return { s3, location, manifest, connection, job, rows: { succeeded, failed: Number(job.failedTasks) } };
  } catch (error) {
    s3.destroy();
    throw error;
  }
}

const columns = (schema: string): string => schema.replace(/\s/g, "").toLowerCase();

/**
 * Whoever may write to the report bucket may have changed the file since. It is read with keys that may open more than
 * that person's do, so it may only name result files of this report.
 */
async function readManifest(s3: S3Client, location: ReportLocation): Promise<ReportManifest> {
  const text = await readFromS3(location, location.manifestKey, async () => {
    const answer = await s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: location.manifestKey, Range: `bytes=0-${maxManifestBytes - 1}` }));
    return (await firstBytes(answer.Body as AsyncIterable<Uint8Array>, maxManifestBytes)).toString("utf8");
  });
  const manifest = parseReportManifest(text);
  const refuse = (why: string) => new ReportFileError(location, location.manifestKey, `it is not the manifest that Longshore wrote: ${why}`);
  if (!manifest) throw refuse("it has been cut off, or somebody has put another file in its place");
  const ours = (file: ReportManifest["Results"][number]) => file.Bucket === location.bucket && file.Key.startsWith(`${location.folder}results/`);
  if (!manifest.Results.every(ours)) throw refuse("it names files that are not of this report. The report may have been copied from another job");
  if (columns(manifest.ReportSchema) !== columns(reportSchemaText)) throw refuse(`its rows have other columns (${manifest.ReportSchema.slice(0, 200)})`);
  return manifest;
}
