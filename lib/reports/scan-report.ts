import { AppError } from "../errors.ts";
import { RowError } from "../manifests/parse-row.ts";
import { type Lines, splitLines } from "../manifests/split-lines.ts";
import type { FoundReport } from "./find-report.ts";
import { readAhead } from "./read-ahead.ts";
import { ReportFileError } from "./report-problem.ts";

/** Where a reader of a report stands. */
export interface ReportPosition {
  /** In the manifest's list of files, from 0. */
  file: number;
  /** Bytes of that file that were read. */
  offset: number;
  /** Rows that were read of all files. */
  rows: number;
}

export const reportStart: ReportPosition = { file: 0, offset: 0, rows: 0 };

const written = /^(\d{1,6})\.(\d{1,15})\.(\d{1,15})$/;

/** @throws AppError InvalidRequest */
export function parsePosition(cursor: string): ReportPosition {
  const [file, offset, rows] = written.exec(cursor)?.slice(1).map(Number) ?? [];
  if (file === undefined || offset === undefined || rows === undefined)
    throw new AppError("InvalidRequest", "The cursor is not one that an earlier page gave.");
  return { file, offset, rows };
}

export const formatPosition = ({ file, offset, rows }: ReportPosition): string => `${file}.${offset}.${rows}`;

/**
 * The lines of a report from a position on, file after file, in batches; never held whole.
 * @param status only the files of these tasks
 * @throws AppError Upstream that names the file
 */
export async function* scanReport(
  report: FoundReport,
  status: "succeeded" | "failed" | undefined,
  from: ReportPosition,
  signal?: AbortSignal,
): AsyncGenerator<{ file: number; lines: Lines }> {
  const { s3, location, manifest } = report;
  for (let index = from.file; index < manifest.Results.length; index += 1) {
    const file = manifest.Results[index] as (typeof manifest.Results)[number];
    if (status !== undefined && file.TaskExecutionStatus !== status) continue;
    const offset = index === from.file ? from.offset : 0;
    try {
      for await (const lines of splitLines(readAhead(s3, location, file.Key, offset, signal), offset)) yield { file: index, lines };
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      throw new ReportFileError(location, file.Key, "it has lines that no report has. It is not the file that Longshore wrote", error);
    }
  }
}

/** Rows that a scan of these files meets. */
export const rowsToScan = ({ rows }: FoundReport, status: "succeeded" | "failed" | undefined): number =>
  status === undefined ? rows.succeeded + rows.failed : rows[status];

/** What is wrong with a report that was read to its end; null where it has a row for each task, as it was written. */
export function missingRows(report: FoundReport, status: "succeeded" | "failed" | undefined, rows: number): string | null {
  const expected = rowsToScan(report, status);
  if (rows === expected) return null;
  const kind = status === undefined ? "" : `${status} `;
  const count = (value: number) => value.toLocaleString("en");
  return `The job counted ${count(expected)} ${kind}tasks, and the report has ${count(rows)} rows of them. Files have been cut off or written again since.`;
}
