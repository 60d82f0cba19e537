import { parse as parseCsv } from "csv-parse/sync";
import type { Task, TaskOutcome } from "../operations/operation.ts";
import { encodeKey } from "../s3/encode-key.ts";

/** One row of a completion report, decoded. */
export interface ReportRow {
  bucket: string;
  key: string;
  versionId: string | null;
  status: "succeeded" | "failed";
  httpStatus: number | null;
  errorCode: string | null;
  message: string;
}

/** As the service's manifest.json says it; its rows (and ours) have HTTPStatusCode before ErrorCode all the same. */
export const reportSchemaText = "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage";

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** Control characters have no place in a CSV that people open; quotes and commas are quoted. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, " ").slice(0, 1024);

/** One line of a result file in the service's layout, with its line break. */
export function formatReportRow(task: Task, outcome: TaskOutcome): string {
  const failed = outcome.kind === "failed";
  return `${quote(task.bucket)},${quote(encodeKey(task.key))},${quote(task.versionId ?? "")},${outcome.kind},${outcome.httpStatus || ""},${
    failed ? quote(clean(outcome.code)) : ""
  },${outcome.message === undefined ? "Successful" : quote(clean(outcome.message))}\n`;
}

/** @returns null for a line that is not a report's row */
export function parseReportRow(line: string): ReportRow | null {
  const [bucket, key, versionId, status, httpStatus, errorCode, message] = columnsOf(line);
  if (bucket === undefined || key === undefined || (status !== "succeeded" && status !== "failed")) return null;
  return {
    bucket,
    key: decodeSafely(key),
    versionId: versionId || null,
    status,
    httpStatus: httpStatus ? Number(httpStatus) : null,
    errorCode: errorCode || null,
    message: message ?? "",
  };
}

function columnsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  try {
    return (parseCsv(line, { relax_column_count: true, relax_quotes: true }) as string[][])[0] ?? [];
  } catch {
    return [];
  }
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
