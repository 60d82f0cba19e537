import { bucketName } from "../jobs/arn.ts";
import type { Task } from "../operations/operation.ts";

/** AWS's, and ours: a version id that is left empty where the object's newest version is meant. */
export type ManifestField = "Ignore" | "Bucket" | "Key" | "VersionId" | "OptionalVersionId";

export const maxKeyBytes = 1024;
/** A longer row cannot hold a legal key, whatever its encoding: it is not a manifest. */
export const maxRowBytes = 64 * 1024;

/** What is wrong with a row, in words for the person who wrote the manifest. Whoever catches it adds the row's number. */
export class RowError extends Error {
  override name = "RowError";
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const openQuote = 'has a quote that is not closed. Write " within a quoted field twice, and a line break as %0A';

const comma = 0x2c;
const quote = 0x22;

/** Columns as RFC 4180 has them: a quoted one may hold commas, and quotes written twice; a quote is nowhere else. */
export function columnsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const columns: string[] = [];
  for (let from = 0; ; ) {
    let end = line.indexOf(",", from);
    if (end < 0) end = line.length;
    if (line.charCodeAt(from) === quote) {
      let doubled = false;
      let closing = line.indexOf('"', from + 1);
      for (; closing >= 0 && line.charCodeAt(closing + 1) === quote; closing = line.indexOf('"', closing + 2)) doubled = true;
      if (closing < 0) throw new RowError(openQuote);
      const column = line.slice(from + 1, closing);
      columns.push(doubled ? column.replaceAll('""', '"') : column);
      end = closing + 1;
      if (end < line.length && line.charCodeAt(end) !== comma) throw new RowError(openQuote);
    } else {
      const column = line.slice(from, end);
      if (column.includes('"')) throw new RowError(openQuote);
      columns.push(column);
    }
    if (end === line.length) return columns;
    from = end + 1;
  }
}

export function decodeKey(encoded: string): string {
  if (!encoded.includes("%")) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new RowError(`has the key "${encoded.slice(0, 100)}", which is not URL-encoded UTF-8. Write a % of the key as %25`);
  }
}

/** @param versionId empty for none @throws RowError for what cannot be an object's name */
export function taskOf(bucket: string, key: string, versionId = ""): Task {
  if (!bucketName.test(bucket)) throw new RowError(`has "${bucket.slice(0, 100)}" as its bucket, which is not a bucket's name`);
  if (key === "") throw new RowError("has no key");
  const keyBytes = Buffer.byteLength(key);
  if (keyBytes > maxKeyBytes) throw new RowError(`has a key of ${keyBytes} bytes; S3 allows at most ${maxKeyBytes}`);
  return versionId === "" ? { bucket, key } : { bucket, key, versionId };
}

const looksLikeHeader = (columns: string[], fields: readonly ManifestField[]): boolean =>
  columns.length === fields.length &&
  columns.every((column, index) => /^(bucket|key|version ?_?id|ignore)$/i.test(column.trim()) && fields[index] !== undefined);

/**
 * Reads rows of S3BatchOperations_CSV_20180820: no header, keys URL-encoded (a `+` stays a `+`), a missing version as `null`.
 * @param startsManifest the first line given is the manifest's first, where a header would stand
 * @returns a function from one line, without its line break, to its object
 * @throws RowError, from that function
 */
export function createRowParser(fields: readonly ManifestField[], startsManifest = true): (line: string) => Task {
  let mayBeHeader = startsManifest;
  let known = "";
  const last = fields.length - 1;

  /** @returns null for what needs a closer look: quotes, another bucket than before, whatever is wrong */
  const readPlain = (line: string): Task | null => {
    if (known === "" || line.includes('"') || line.includes("\uFFFD")) return null;
    let key = "";
    let versionId: string | undefined;
    let from = 0;
    for (let column = 0; column <= last; column += 1) {
      const comma = line.indexOf(",", from);
      if (comma < 0 !== (column === last)) return null;
      const end = column === last ? line.length : comma;
      const field = fields[column];
      if (field === "Bucket") {
        if (end - from !== known.length || !line.startsWith(known, from)) return null;
      } else if (field === "Key") key = line.slice(from, end);
      else if (field === "VersionId") versionId = line.slice(from, end);
      else if (field === "OptionalVersionId" && end > from) versionId = line.slice(from, end);
      from = end + 1;
    }
    // An encoded byte takes three characters, and a UTF-16 unit at most three bytes.
    if (key === "" || versionId === "" || key.length * 3 > maxKeyBytes) return null;
    key = decodeKey(key);
    return versionId === undefined ? { bucket: known, key } : { bucket: known, key, versionId };
  };

  const readAny = (line: string): Task => {
    // What decoding puts where bytes are not UTF-8: the key would silently be another one.
    if (line.includes("\uFFFD")) throw new RowError("has bytes that are not UTF-8. URL-encode the key");
    const columns = columnsOf(line);
    if (mayBeHeader && looksLikeHeader(columns, fields)) {
      throw new RowError("is a header. A manifest of this format has none: delete the row, and upload the manifest again");
    }
    mayBeHeader = false;
    if (columns.length !== fields.length) {
      throw new RowError(`has ${plural(columns.length, "column")} where the manifest's fields are ${fields.join(", ")}`);
    }
    const bucket = columns[fields.indexOf("Bucket")] as string;
    const key = decodeKey(columns[fields.indexOf("Key")] as string);
    const versionAt = fields.indexOf("VersionId");
    const versionId = columns[versionAt] ?? columns[fields.indexOf("OptionalVersionId")];
    if (versionId === "" && versionAt >= 0) {
      throw new RowError('has no version id. Write "null" for an object without one, or leave the column out of the whole manifest');
    }
    const task = taskOf(bucket, key, versionId);
    known = bucket;
    return task;
  };

  return (line) => readPlain(line) ?? readAny(line);
}
