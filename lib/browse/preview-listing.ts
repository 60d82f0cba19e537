import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { isGzip } from "../manifests/gunzip.ts";
import { createInventoryParser } from "../manifests/inventory-task.ts";
import { InventoryError, maxInventoryBytes, parseInventory } from "../manifests/parse-inventory.ts";
import { parseReportManifest } from "../reports/report-manifest.ts";
import { failedTaskOf } from "../reports/report-task.ts";
import { firstBytes } from "../s3/first-bytes.ts";
import type { ListingView, ManifestPreview } from "./browse-views.ts";
import { inflateBeginning } from "./inflate-beginning.ts";
import { linesOf, type ParseLine, previewOf, readRows } from "./preview-rows.ts";

const previewBytes = 64 * 1024;

export interface ListingLocation {
  bucket: string;
  key: string;
  versionId?: string | undefined;
  etag: string;
}

/** What a manifest.json says, and the first rows of its first file where that is text. The SDK's errors are the caller's. */
export async function previewListing(s3: S3Client, { bucket, key, versionId, etag }: ListingLocation, kind: "inventory" | "report"): Promise<ManifestPreview> {
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, IfMatch: `"${etag}"` }));
  const tooLong = (object.ContentLength ?? 0) > maxInventoryBytes;
  const bytes = await firstBytes(object.Body as AsyncIterable<Uint8Array>, tooLong ? 1 : maxInventoryBytes);
  if (tooLong) return wrong("The object is longer than any manifest.json. Choose the manifest.json, not the list itself.");
  const told = kind === "inventory" ? ofInventory(bytes.toString("utf8")) : ofReport(bytes.toString("utf8"));
  if (typeof told === "string") return wrong(told);
  if (!told.first) return { ...previewOf([], true), listing: told.listing };
  const { lines, whole } = await firstLines(s3, told.first);
  const rows = readRows(lines, told.parse);
  return { ...previewOf(rows, whole && told.listing.files === 1), listing: told.listing };
}

interface Told {
  listing: ListingView;
  /** The first file with rows to show; none where there is no file, or none that is text. */
  first: { bucket: string; key: string } | null;
  parse: ParseLine;
}

const wrong = (problem: string): ManifestPreview => ({ ...previewOf([], true), problem });

/** @returns what is wrong with it in words, or what it says */
function ofInventory(text: string): Told | string {
  try {
    const { fileFormat, columns, sourceBucket, bucket, files } = parseInventory(text);
    const first = fileFormat === "CSV" ? files[0] : undefined;
    if (files.length === 0) return "The inventory names no file: it lists no object. Choose another one.";
    return {
      listing: {
        kind: "inventory",
        fileFormat,
        columns: [...columns],
        sourceBucket,
        files: files.length,
        bytes: files.reduce((sum, { size }) => sum + size, 0),
      },
      first: first ? { bucket, key: first.key } : null,
      parse: createInventoryParser(columns),
    };
  } catch (error) {
    if (error instanceof InventoryError) return `The object ${error.message}.`;
    throw error;
  }
}

function ofReport(text: string): Told | string {
  const report = parseReportManifest(text);
  if (!report) return "The object is not the manifest.json of a completion report. Choose the one in the folder job-<id>.";
  const failed = report.Results.filter((file) => file.TaskExecutionStatus === "failed");
  const [first] = failed;
  if (!first) return "The completion report names no failed task: there is nothing to do again.";
  return {
    listing: { kind: "report", fileFormat: "CSV", columns: [], sourceBucket: "", files: failed.length, bytes: null },
    first: { bucket: first.Bucket, key: first.Key },
    parse: failedTaskOf,
  };
}

async function firstLines(s3: S3Client, { bucket, key }: { bucket: string; key: string }) {
  const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${previewBytes - 1}` }));
  const size = Number(object.ContentRange?.split("/")[1] ?? object.ContentLength ?? 0);
  const bytes = await firstBytes(object.Body as AsyncIterable<Uint8Array>, previewBytes);
  const inflated = isGzip(bytes) ? await inflateBeginning(bytes, previewBytes) : null;
  const whole = size <= previewBytes && !inflated?.more;
  return { lines: linesOf(inflated?.bytes ?? bytes, whole), whole };
}
