import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { jobTarget } from "../jobs/job-target.ts";
import { createRowWriter, type ExportFormat, exportFormats } from "./export-rows.ts";
import { type FoundReport, findReport } from "./find-report.ts";
import { createRowMatcher, type ReportFilter, reportFilterSchema, statusMeant } from "./match-row.ts";
import { missingRows, reportStart, scanReport } from "./scan-report.ts";

export const exportReportSchema = reportFilterSchema.extend({ jobId: z.string(), format: z.enum(exportFormats) });

export interface ReportExport {
  /** Ends with an error, rather than as a whole file, where the report turns out to lack rows. */
  pieces: AsyncGenerator<Buffer>;
  name: string;
}

/**
 * The rows of a report that match, as a CSV that is made while it is read: nothing is held but what is under way.
 * @throws AppError as findReport, and for whatever the first rows show
 */
export async function exportReport(ctx: Context, input: z.input<typeof exportReportSchema>, signal?: AbortSignal): Promise<ReportExport> {
  demand(ctx, "job.read");
  const { jobId, format, ...filter } = exportReportSchema.parse(input);
  const report = await findReport(ctx, jobId);
  await recordAudit(ctx.db, ctx, { action: "report.download", target: jobTarget(report.job), after: { format, ...filter } });
  const pieces = writeRows(report, filter, format, signal);
  // What is wrong from the start is told in words; a download that has begun can only break off.
  const first = await pieces.next();
  return { pieces: resumed(first, pieces), name: `job-${jobId}-${format === "manifest" ? "manifest" : `rows-${format}`}.csv` };
}

async function* resumed(first: IteratorResult<Buffer, void>, rest: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } finally {
    await rest.return();
  }
}

/** The rows that match, written in a format, piece by piece. Closes the report. @throws AppError where a row cannot be read or rows are missing */
export async function* writeRows(report: FoundReport, filter: ReportFilter, format: ExportFormat, signal?: AbortSignal): AsyncGenerator<Buffer, void> {
  try {
    const status = statusMeant(filter);
    const match = createRowMatcher(filter);
    const writer = createRowWriter(format);
    let rows = 0;
    if (writer.head !== "") yield Buffer.from(writer.head);
    for await (const { lines } of scanReport(report, status, reportStart, signal)) {
      const written: Buffer[] = [];
      let texts = "";
      while (lines.next()) {
        rows += 1;
        const row = lines.ended ? match(lines.text) : "unreadable";
        if (row === "unreadable")
          throw new AppError("Upstream", "The report has lines that are no rows of a completion report: it has been cut off or changed.");
        if (row === "no") continue;
        const piece = writer.write(row, lines.raw);
        if (typeof piece === "string") texts += piece;
        else written.push(piece);
      }
      if (texts !== "") written.push(Buffer.from(texts));
      if (written.length > 0) yield Buffer.concat(written);
    }
    const missing = missingRows(report, status, rows);
    if (missing !== null) throw new AppError("Upstream", missing);
  } finally {
    report.s3.destroy();
  }
}
