import type { Task } from "../operations/operation.ts";
import { columnsOf, decodeKey, RowError, taskOf } from "./parse-row.ts";

/** A row of an inventory, with what of it says whether it is an object to work on. Flags are as the file has them. */
export interface InventoryRow {
  bucket: string;
  key: string;
  /** Absent where the inventory has no such column. */
  versionId?: string | null | undefined;
  isLatest?: unknown;
  isDeleteMarker?: unknown;
}

/** Why a row of an inventory is no task, in the words of the review. */
export type LeftOutReason = "delete markers" | "older versions";

/**
 * With version ids, every version is a task of its own; without them, each object's newest. A delete marker is never one.
 * @throws RowError for a flag that is neither true nor false: it might hide a delete marker
 */
export function inventoryTask({ bucket, key, versionId, isLatest, isDeleteMarker }: InventoryRow): Task | LeftOutReason {
  const marker = flagOf("IsDeleteMarker", isDeleteMarker);
  const latest = flagOf("IsLatest", isLatest);
  if (marker === true) return "delete markers";
  if (versionId === undefined && latest === false) return "older versions";
  // Without an id and not the newest, it is the version from before the bucket had versions, which S3 calls null.
  const version = versionId || (latest === false ? "null" : "");
  return taskOf(bucket, key, version);
}

/** @returns undefined where the inventory does not say */
function flagOf(column: string, value: unknown): boolean | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "boolean") return value;
  if (typeof value === "string" && /^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new RowError(`has ${JSON.stringify(String(value).slice(0, 50))} as its ${column}, which is neither true nor false`);
}

/**
 * Reads rows of an inventory's CSV files: keys are form-encoded, with a + for a space.
 * @param columns the manifest.json's fileSchema
 * @returns a function from one line, without its line break
 * @throws RowError, from that function
 */
export function createInventoryParser(columns: readonly string[]): (line: string) => Task | LeftOutReason {
  const at = (name: string) => columns.indexOf(name);
  const [bucketAt, keyAt, versionAt, latestAt, markerAt] = [at("Bucket"), at("Key"), at("VersionId"), at("IsLatest"), at("IsDeleteMarker")];
  return (line) => {
    if (line.includes("\uFFFD")) throw new RowError("has bytes that are not UTF-8");
    const values = columnsOf(line);
    if (values.length !== columns.length) {
      throw new RowError(`has ${values.length} columns where the inventory's fileSchema has ${columns.length}`);
    }
    return inventoryTask({
      bucket: values[bucketAt] as string,
      key: decodeKey((values[keyAt] as string).replaceAll("+", " ")),
      versionId: versionAt < 0 ? undefined : values[versionAt],
      isLatest: values[latestAt],
      isDeleteMarker: values[markerAt],
    });
  };
}
