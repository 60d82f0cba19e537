import { columnsOf } from "../manifests/parse-row.ts";
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

export const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
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

/** @returns null for a line that is not a report's row: it has other columns, or does not end */
export function parseReportRow(line: string): ReportRow | null {
  const [bucket = "", key = "", versionId, status, httpStatus = "", errorCode, message, ...more] = columnsIn(line);
  if (bucket === "" || key === "" || message === undefined || (status !== "succeeded" && status !== "failed") || !httpStatusText.test(httpStatus)) return null;
  return {
    bucket,
    key: decodeSafely(key),
    versionId: versionId || null,
    status,
    httpStatus: httpStatus === "" ? null : Number(httpStatus),
    errorCode: errorCode || null,
    // A writer that does not quote its messages is understood all the same.
    message: more.length === 0 ? message : [message, ...more].join(","),
  };
}

const httpStatusText = /^\d{0,3}$/;

function columnsIn(line: string): string[] {
  try {
    return columnsOf(line);
  } catch {
    return [];
  }
}

/** A key as a report has it, URL-encoded; one that is not stays as it is. */
export function decodeSafely(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
