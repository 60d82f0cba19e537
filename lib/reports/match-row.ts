import { z } from "zod";
import { decodeSafely, parseReportRow, type ReportRow } from "./report-row.ts";

/** What of a completion report is meant: rows that hold all of it. */
export const reportFilterSchema = z.object({
  status: z.enum(["succeeded", "failed"]).optional(),
  /** Exactly this error code. */
  code: z.string().min(1).max(128).optional(),
  /** Exactly this HTTP status; 0: there was no answer. */
  http: z.coerce.number().int().min(0).max(999).optional(),
  /** How the key begins, in its own letters. */
  prefix: z.string().min(1).max(1024).optional(),
  /** Anywhere in the key, the version id or the message, in capitals or not. */
  text: z.string().min(1).max(256).optional(),
});
export type ReportFilter = z.infer<typeof reportFilterSchema>;

/** The status that every row has which can match: only failed tasks have an error code. */
export const statusMeant = ({ status, code }: ReportFilter): ReportFilter["status"] => status ?? (code === undefined ? undefined : "failed");

/** As a job's error groups keep a code: no longer than this. */
const keptCode = 128;

function holds(row: ReportRow, { status, code, http, prefix, text }: ReportFilter): boolean {
  if (status !== undefined && row.status !== status) return false;
  if (code !== undefined && row.errorCode?.slice(0, keptCode) !== code) return false;
  if (http !== undefined && (row.httpStatus ?? 0) !== http) return false;
  if (prefix !== undefined && !row.key.startsWith(prefix)) return false;
  if (text === undefined) return true;
  const wanted = text.toLowerCase();
  return [row.key, row.versionId ?? "", row.message].some((field) => field.toLowerCase().includes(wanted));
}

/** "no": a row, but not one that is meant; "unreadable": not a report's row. */
export type Match = ReportRow | "no" | "unreadable";

/**
 * Reads rows and keeps those that a filter means. Most rows of a large report are not: they are told by looking at the
 * line where its columns stand, without making anything of it.
 */
export function createRowMatcher(filter: ReportFilter): (line: string) => Match {
  const { status, code, http, prefix } = filter;
  const text = filter.text?.toLowerCase();
  // Quotes are written twice within a row.
  const plainText = text !== undefined && !text.includes('"') ? text : undefined;

  const read = (line: string): Match => {
    const row = parseReportRow(line);
    if (row === null) return "unreadable";
    return holds(row, filter) ? row : "no";
  };

  /** A message whose quotes do not end makes the line no row. */
  const pass = (line: string, message: number, quote: number): Match =>
    quote < 0 || (quote === message && line.length > message + 1 && line.endsWith('"')) ? "no" : read(line);

  return (line) => {
    const key = line.indexOf(",") + 1;
    const version = line.indexOf(",", key) + 1;
    const state = line.indexOf(",", version) + 1;
    const answer = line.indexOf(",", state) + 1;
    const error = line.indexOf(",", answer) + 1;
    const message = line.indexOf(",", error) + 1;
    const quote = line.indexOf('"');
    // From here on every column is there, and none but the message is quoted.
    if (key <= 1 || version <= key + 1 || !state || !answer || !error || !message || (quote >= 0 && quote < message)) return read(line);
    const failed = line.startsWith("failed,", state);
    if (status !== undefined && failed !== (status === "failed")) return pass(line, message, quote);
    if (code !== undefined && !(line.startsWith(code, error) && (message - error - 1 === code.length || code.length === keptCode))) {
      return pass(line, message, quote);
    }
    if (http !== undefined && Number(line.slice(answer, error - 1)) !== http) return pass(line, message, quote);
    if (prefix !== undefined && !decodeSafely(line.slice(key, version - 1)).startsWith(prefix)) return pass(line, message, quote);
    // A key that is encoded has other letters than are searched for.
    if (plainText !== undefined && !line.slice(key, version).includes("%") && !line.toLowerCase().includes(plainText)) return pass(line, message, quote);
    return read(line);
  };
}
