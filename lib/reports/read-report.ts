import type { Readable } from "node:stream";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { RowError } from "../manifests/parse-row.ts";
import { splitLines } from "../manifests/split-lines.ts";
import { type FoundReport, findReport, readFromS3 } from "./find-report.ts";
import { parseReportRow, type ReportRow } from "./report-row.ts";

export const readReportSchema = z.object({
  jobId: z.string(),
  status: z.enum(["succeeded", "failed"]).optional(),
  /** Exactly this error code. */
  code: z.string().min(1).max(128).optional(),
  /** As an earlier page gave it. */
  cursor: z
    .string()
    .regex(/^\d{1,6}\.\d{1,15}$/, "is not one that an earlier page gave")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ReadReportInput = z.input<typeof readReportSchema>;

export interface ReportPage {
  rows: ReportRow[];
  /** Where to go on; null at the end. A page may have few rows, or none, and still have a cursor. */
  nextCursor: string | null;
  files: { key: string; status: "succeeded" | "failed" }[];
}

/** So much is read for one page, however rare the rows are that match, and however long somebody has made them. */
const maxScannedRows = 100_000;
const maxScannedBytes = 32 * 1024 * 1024;
const maxScannedFiles = 20;

/** One page of a completion report, streamed from S3 and never held whole. @throws AppError as findReport */
export async function readReport(ctx: Context, input: ReadReportInput): Promise<ReportPage> {
  demand(ctx, "job.read");
  const { jobId, status, code, cursor, limit } = readReportSchema.parse(input);
  const report = await findReport(ctx, jobId);
  try {
    const files = report.manifest.Results;
    const [startFile, startOffset] = cursor?.split(".").map(Number) ?? [0, 0];
    const rows: ReportRow[] = [];
    let scannedRows = 0;
    let scannedBytes = 0;
    let scannedFiles = 0;
    for (let index = startFile ?? 0; index < files.length; index += 1) {
      const file = files[index] as (typeof files)[number];
      if (status !== undefined && file.TaskExecutionStatus !== status) continue;
      scannedFiles += 1;
      if (scannedFiles > maxScannedFiles) return { rows, nextCursor: `${index}.0`, files: listFiles(report) };
      for await (const { row, bytes, end } of readRows(report, file.Key, index === startFile ? (startOffset ?? 0) : 0)) {
        scannedRows += 1;
        scannedBytes += bytes;
        if (row && (code === undefined || row.errorCode === code)) rows.push(row);
        if (rows.length === limit || scannedRows === maxScannedRows || scannedBytes > maxScannedBytes) {
          return { rows, nextCursor: `${index}.${end}`, files: listFiles(report) };
        }
      }
    }
    return { rows, nextCursor: null, files: listFiles(report) };
  } finally {
    report.s3.destroy();
  }
}

const listFiles = ({ manifest }: FoundReport): ReportPage["files"] => manifest.Results.map((file) => ({ key: file.Key, status: file.TaskExecutionStatus }));

async function* readRows({ s3, location }: FoundReport, key: string, offset: number): AsyncGenerator<{ row: ReportRow | null; bytes: number; end: number }> {
  const answer = await readFromS3(location, key, async () => {
    try {
      return await s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: key, Range: offset > 0 ? `bytes=${offset}-` : undefined }));
    } catch (error) {
      // The cursor stands at the very end of the file.
      if (error instanceof Error && error.name === "InvalidRange") return null;
      throw error;
    }
  });
  if (!answer) return;
  const stream = answer.Body as Readable;
  try {
    for await (const lines of splitLines(stream, offset)) {
      while (lines.next()) yield { row: parseReportRow(lines.text), bytes: lines.end - lines.start, end: lines.end };
    }
  } catch (error) {
    const why = error instanceof RowError ? "it is not the file that Longshore wrote" : `the endpoint stopped sending it (${messageOf(error)})`;
    throw new AppError("Upstream", `s3://${location.bucket}/${key} could not be read: ${why}.`, [], { cause: error });
  } finally {
    stream.destroy();
  }
}
