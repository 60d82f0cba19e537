import { parse as parseCsv } from "csv-parse/sync";
import { bucketName } from "../jobs/arn.ts";
import type { Task } from "../operations/operation.ts";

export type ManifestField = "Ignore" | "Bucket" | "Key" | "VersionId";

export const maxKeyBytes = 1024;
/** A longer row cannot hold a legal key, whatever its encoding: it is not a manifest. */
export const maxRowBytes = 64 * 1024;

/** What is wrong with a row, in words for the person who wrote the manifest. Whoever catches it adds the row's number. */
export class RowError extends Error {
  override name = "RowError";
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** Quotes are rare in a manifest, whose keys are URL-encoded, so the plain case is a split. */
function columnsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  try {
    return (parseCsv(line, { relax_column_count: true }) as string[][])[0] ?? [];
  } catch {
    throw new RowError('has a quote that is not closed. Write " within a quoted field twice, and a line break as %0A');
  }
}

function decodeKey(encoded: string): string {
  if (!encoded.includes("%")) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new RowError(`has the key "${encoded.slice(0, 100)}", which is not URL-encoded UTF-8. Write a % of the key as %25`);
  }
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
  const bucketAt = fields.indexOf("Bucket");
  const keyAt = fields.indexOf("Key");
  const versionAt = fields.indexOf("VersionId");

  return (line) => {
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
    const bucket = columns[bucketAt] as string;
    if (!bucketName.test(bucket)) throw new RowError(`has "${bucket.slice(0, 100)}" as its bucket, which is not a bucket's name`);
    const key = decodeKey(columns[keyAt] as string);
    if (key === "") throw new RowError("has no key");
    // A UTF-16 unit takes at most three bytes, so most keys need no count.
    if (key.length * 3 > maxKeyBytes && Buffer.byteLength(key) > maxKeyBytes) {
      throw new RowError(`has a key of ${Buffer.byteLength(key)} bytes; S3 allows at most ${maxKeyBytes}`);
    }
    if (versionAt < 0) return { bucket, key };
    const versionId = columns[versionAt] as string;
    if (versionId === "") throw new RowError('has no version id. Write "null" for an object without one, or leave the column out of the whole manifest');
    return { bucket, key, versionId };
  };
}
