import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { s3Path } from "../browse/s3-location.ts";
import type { Context } from "../jobs/context.ts";
import { type FoundReport, findReport } from "./find-report.ts";
import { createRowMatcher, reportFilterSchema, statusMeant } from "./match-row.ts";
import type { ReportRow } from "./report-row.ts";
import { formatPosition, missingRows, parsePosition, reportStart, rowsToScan, scanReport } from "./scan-report.ts";

export const readReportSchema = reportFilterSchema.extend({
  jobId: z.string(),
  /** As an earlier page of the same filter gave it. */
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ReadReportInput = z.input<typeof readReportSchema>;

export interface ReportPage {
  rows: ReportRow[];
  /** Where to go on; null at the end. A page may have few rows, or none, and still have a cursor. */
  nextCursor: string | null;
  /** Rows looked at since the first page, of so many that there are to look at. */
  searched: number;
  total: number;
  /** What is wrong with the part of the report that this page looked at, in a sentence. */
  problem: string | null;
  files: { key: string; status: "succeeded" | "failed" }[];
}

/** So much is read for one page, however rare the rows are that match, however long somebody has made them and however slow the store. */
const most = { rows: 300_000, bytes: 48 * 1024 * 1024, ms: 1_500 };

/**
 * One page of a completion report, streamed from S3 and never held whole. The pages of a filter have every row that matches once.
 * @throws AppError as findReport
 */
export async function readReport(ctx: Context, input: ReadReportInput, signal?: AbortSignal): Promise<ReportPage> {
  demand(ctx, "job.read");
  const { jobId, cursor, limit, ...filter } = readReportSchema.parse(input);
  const from = cursor === undefined ? reportStart : parsePosition(cursor);
  const report = await findReport(ctx, jobId);
  try {
    const status = statusMeant(filter);
    const match = createRowMatcher(filter);
    const began = ctx.now().getTime();
    const page = { rows: [] as ReportRow[], problem: null as string | null };
    let searched = from.rows;
    let bytes = 0;
    const pageAt = (nextCursor: string | null): ReportPage => ({
      ...page,
      nextCursor,
      searched,
      total: rowsToScan(report, status),
      files: report.manifest.Results.map((file) => ({ key: file.Key, status: file.TaskExecutionStatus })),
    });
    for await (const { file, lines } of scanReport(report, status, from, signal)) {
      while (lines.next()) {
        searched += 1;
        bytes += lines.end - lines.start;
        const row = lines.ended ? match(lines.text) : "unreadable";
        if (row === "unreadable") page.problem ??= unreadable(report, file, lines.start);
        else if (row !== "no") page.rows.push(row);
        if (page.rows.length === limit || searched - from.rows === most.rows || bytes > most.bytes) {
          return pageAt(formatPosition({ file, offset: lines.end, rows: searched }));
        }
      }
      if (ctx.now().getTime() - began > most.ms) return pageAt(formatPosition({ file, offset: lines.end, rows: searched }));
    }
    page.problem ??= missingRows(report, status, searched);
    return pageAt(null);
  } finally {
    report.s3.destroy();
  }
}

const unreadable = ({ manifest, location }: FoundReport, file: number, byte: number): string =>
  `${s3Path(location.bucket, manifest.Results[file]?.Key)} has a line that is no row of a completion report, at byte ${byte.toLocaleString("en")}. The file has been cut off or changed since; such lines are left out here.`;
