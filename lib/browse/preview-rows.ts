import { isUtf8 } from "node:buffer";
import { createRowParser, type ManifestField, RowError } from "../manifests/parse-row.ts";
import type { Task } from "../operations/operation.ts";
import type { ManifestPreview, PreviewRow } from "./browse-views.ts";

const firstRows = 10;
const furtherWrongRows = 10;
const shownText = 300;

/** Why the file cannot be a manifest at all, whatever its rows; null when it may be one. */
function fileProblem(bytes: Buffer): string | null {
  if (bytes.length === 0) return "The manifest is empty. It needs one row for each object.";
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "The manifest's gzip data are damaged, or packed twice. Compress the CSV again, once.";
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1")
    return "The manifest is a Parquet file. Longshore reads those that the manifest.json of an S3 Inventory names.";
  const start = bytes.subarray(0, 2000).toString("utf8").trimStart();
  if (start.startsWith("{")) {
    if (start.includes('"Report_CSV_20180820"')) return 'This is the manifest.json of a completion report. Choose "Failed tasks" as the list of objects.';
    return start.includes('"fileSchema"')
      ? 'This is the manifest.json of an S3 Inventory. Choose "S3 Inventory" as the list of objects.'
      : "The manifest looks like JSON. Longshore reads CSV manifests.";
  }
  if (/^<(\?xml|!doctype|html)/i.test(start)) return "The manifest looks like XML or HTML. Longshore reads CSV manifests.";
  return bytes.subarray(0, 2000).includes(0) ? "The manifest is not text in UTF-8. Save it as CSV in UTF-8 and upload it again." : null;
}

export interface RawLine {
  text: string;
  utf8: boolean;
}

/** Complete lines only, without line breaks, empty lines and a byte-order mark: as the worker will read them. */
export function linesOf(bytes: Buffer, whole: boolean): RawLine[] {
  const lines: RawLine[] = [];
  let from = bytes.subarray(0, 3).toString("hex") === "efbbbf" ? 3 : 0;
  while (from < bytes.length) {
    const found = bytes.indexOf(10, from);
    if (found < 0 && !whole) break;
    const end = found < 0 ? bytes.length : found;
    const line = bytes.subarray(from, bytes[end - 1] === 13 ? Math.max(from, end - 1) : end);
    if (line.length > 0) lines.push({ text: line.toString("utf8"), utf8: isUtf8(line) });
    from = end + 1;
  }
  return lines;
}

/** A line's object, or why it is none. @throws RowError */
export type ParseLine = (line: string) => Task | string;

/** What is left out on purpose is no row of the preview. */
export function readRows(lines: readonly RawLine[], parse: ParseLine): PreviewRow[] {
  return lines.flatMap(({ text, utf8 }, index) => {
    const row = index + 1;
    const wrong = (problem: string): PreviewRow => ({ row, text: text.slice(0, shownText), problem });
    if (!utf8) return wrong("is not UTF-8 text. Save the manifest in UTF-8, with keys URL-encoded");
    try {
      const task = parse(text);
      if (typeof task === "string") return [];
      return { row, bucket: task.bucket, key: task.key, versionId: task.versionId ?? null };
    } catch (error) {
      if (error instanceof RowError) return wrong(error.message);
      throw error;
    }
  });
}

export const isWrong = (row: PreviewRow): row is Extract<PreviewRow, { problem: string }> => "problem" in row;
const otherFields = (fields: readonly ManifestField[]): ManifestField[] =>
  fields.includes("VersionId") ? fields.filter((field) => field !== "VersionId") : [...fields, "VersionId"];

/**
 * Reads the beginning of a manifest as the worker will, and says what is wrong with it.
 * @param whole the bytes are the whole file, so its last line counts even without a line break
 */
export function previewRows(bytes: Buffer, fields: readonly ManifestField[], whole: boolean): ManifestPreview {
  const nothing = previewOf([], whole);
  const problem = fileProblem(bytes);
  if (problem !== null) return { ...nothing, problem };
  const lines = linesOf(bytes, whole);
  if (lines.length === 0) {
    return {
      ...nothing,
      problem: whole
        ? "The manifest has empty lines only. It needs one row for each object."
        : "The manifest's first row is longer than 64 KB: it is not a CSV of objects.",
    };
  }
  const rows = readRows(lines, createRowParser(fields));
  const wrong = rows.filter(isWrong);
  // A header is wrong either way, so the other reading only has to be right for most rows.
  const otherWayIsRight = wrong.length * 2 > rows.length && readRows(lines, createRowParser(otherFields(fields))).filter(isWrong).length * 2 < rows.length;
  return { ...previewOf(rows, whole), versionColumn: otherWayIsRight ? !fields.includes("VersionId") : null };
}

/** A preview of these rows, with nothing wrong but in them. */
export function previewOf(rows: readonly PreviewRow[], whole: boolean): ManifestPreview {
  const wrong = rows.filter(isWrong);
  return {
    rows: [...rows.slice(0, firstRows), ...wrong.filter((row) => row.row > firstRows).slice(0, furtherWrongRows)],
    checked: rows.length,
    wrong: wrong.length,
    buckets: [...new Set(rows.flatMap((row) => (isWrong(row) ? [] : [row.bucket])))].slice(0, 10),
    problem: null,
    versionColumn: null,
    listing: null,
    whole,
    aboutRows: whole ? rows.length : null,
  };
}
