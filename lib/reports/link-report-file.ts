import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { jobTarget } from "../jobs/job-target.ts";
import { targetOf } from "../s3/connection-client.ts";
import { presignGet } from "../s3/presign.ts";
import { findReport } from "./find-report.ts";
import { downloadName, isFileOf } from "./report-files.ts";

export const linkReportFileSchema = z.object({ jobId: z.string(), key: z.string().min(1).max(1024) });

export interface ReportFileLink {
  url: string;
  expiresAt: string;
  /** Whose keys signed it. */
  connection: string;
}

const linkSeconds = 15 * 60;

/**
 * An address at which whoever has it can read one file of a completion report for a quarter of an hour, signed with the connection's keys.
 * @throws AppError NotFound for a file that is none of the report's, and as findReport
 */
export async function linkReportFile(ctx: Context, input: z.input<typeof linkReportFileSchema>): Promise<ReportFileLink> {
  demand(ctx, "job.read");
  const { jobId, key } = linkReportFileSchema.parse(input);
  const report = await findReport(ctx, jobId);
  report.s3.destroy();
  if (!isFileOf(report, key)) throw new AppError("NotFound", "The completion report has no such file.");
  const now = ctx.now();
  const query = {
    // A store may be on a site of ours: nothing in the file may run as a page there.
    "response-content-disposition": `attachment; filename="${downloadName(jobId, key)}"`,
    "response-content-type": key.endsWith(".json") ? "application/json" : "text/csv",
  };
  const { connection, location } = report;
  const url = presignGet(targetOf(connection, connection), { bucket: location.bucket, key, query, expiresInSeconds: linkSeconds }, now);
  const expiresAt = new Date(now.getTime() + linkSeconds * 1000).toISOString();
  await recordAudit(ctx.db, ctx, { action: "report.link", target: jobTarget(report.job), after: { key, expiresAt, connection: connection.name } });
  return { url, expiresAt, connection: connection.name };
}
