/** What the JSON API answers about S3 itself. Times are ISO 8601; sizes are bytes. */

export interface BucketView {
  name: string;
  createdAt: string | null;
}

export interface BucketList {
  buckets: BucketView[];
}

export interface ObjectView {
  key: string;
  size: number;
  lastModified: string | null;
}

/** One page of what stands directly in a "folder", by the delimiter "/". */
export interface ObjectList {
  /** Prefixes, each with its slash at the end. */
  folders: string[];
  objects: ObjectView[];
  nextCursor: string | null;
}

/** The object as S3 has it now. `etag` stands without quotes; `versionId` is null where the bucket has no versions. */
export interface ObjectHead {
  etag: string;
  versionId: string | null;
  size: number;
  lastModified: string | null;
}

/** One row of the manifest: the object it names, or what is wrong with it. `row` counts from 1. */
export type PreviewRow = { row: number; bucket: string; key: string; versionId: string | null } | { row: number; text: string; problem: string };

/** Where an uploaded manifest is. `etag` stands without quotes. */
export interface UploadedManifest {
  bucket: string;
  key: string;
  etag: string;
}

/** What a manifest.json says of the files that it names. */
export interface ListingView {
  kind: "inventory" | "report";
  fileFormat: "CSV" | "Parquet";
  /** Of an inventory's CSV files. */
  columns: string[];
  /** Of an inventory. */
  sourceBucket: string;
  /** Of a report, those of its failed tasks. */
  files: number;
  /** Null where the manifest.json does not say. */
  bytes: number | null;
}

export interface ManifestPreview {
  /** The first rows, then wrong ones from further down. */
  rows: PreviewRow[];
  /** Rows that were checked, and how many of them are wrong. */
  checked: number;
  wrong: number;
  /** Buckets that the checked rows name, ten at most. */
  buckets: string[];
  /** What is wrong with the file as a whole: empty, compressed, not a CSV; null when nothing is. */
  problem: string | null;
  /** The rows read well with the version column taken the other way round: true when it should be there. */
  versionColumn: boolean | null;
  /** Of a manifest.json; null of a CSV. */
  listing: ListingView | null;
  /** False when only the beginning of the file was read. */
  whole: boolean;
  /** Rows of the whole file, by the length of those that were checked; null where that cannot be told. */
  aboutRows: number | null;
}
