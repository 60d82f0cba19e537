import { csvLine } from "../csv/csv-line.ts";
import { AppError } from "../errors.ts";
import { encodeKey } from "../s3/encode-key.ts";
import { quote, type ReportRow } from "./report-row.ts";

/**
 * spreadsheet: for people, with a heading, keys in their own letters and nothing that becomes a formula.
 * exact: the report's rows byte for byte. manifest: the objects alone, as a job takes them.
 */
export const exportFormats = ["spreadsheet", "exact", "manifest"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface RowWriter {
  /** Before the first row. */
  head: string;
  /** @param raw the row's line as the report has it, valid only now @throws AppError where the row does not go with those before */
  write(row: ReportRow, raw: Buffer): string | Buffer;
}

export function createRowWriter(format: ExportFormat): RowWriter {
  if (format === "exact") return { head: "", write: (_row, raw) => raw };
  if (format === "manifest") return createManifestWriter();
  return {
    // Without the mark, spreadsheets take UTF-8 for something else.
    head: "\uFEFFBucket,Key,Version ID,Status,HTTP status,Error code,Message\r\n",
    write: ({ bucket, key, versionId, status, httpStatus, errorCode, message }) => csvLine([bucket, key, versionId, status, httpStatus, errorCode, message]),
  };
}

/** A manifest names a version in each of its rows or in none. */
function createManifestWriter(): RowWriter {
  let versions: boolean | undefined;
  return {
    head: "",
    write({ bucket, key, versionId }) {
      versions ??= versionId !== null;
      if (versions !== (versionId !== null)) {
        throw new AppError("Conflict", "Some of these rows name a version and others do not, and a manifest can have only one kind. Filter for one of them.");
      }
      const object = `${quote(bucket)},${quote(encodeKey(key))}`;
      return versionId === null ? `${object}\n` : `${object},${quote(versionId)}\n`;
    },
  };
}
