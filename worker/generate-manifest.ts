import type { S3Client } from "@aws-sdk/client-s3";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
import { type ChunkCutter, createChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { listBucket } from "#lib/manifests/list-bucket.ts";
import { type ListedObject, listInParallel, withoutNested } from "#lib/manifests/list-in-parallel.ts";
import { createFilter } from "#lib/manifests/matches-filter.ts";
import { placeChunks, type Segment, type SegmentWriter } from "#lib/manifests/write-segments.ts";
import type { Task } from "#lib/operations/operation.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { type ManifestContents, maxRows, sampleRows, storable } from "./read-manifest.ts";

export interface GeneratedContents extends Omit<ManifestContents, "buckets"> {
  bytes: number;
  /** Of the objects together. */
  objectBytes: number;
  segments: Segment[];
}

/**
 * Lists the objects that the generator selects, several pages at once, and writes them to segments as plain CSV.
 * @param onRows told after each page how many rows there are
 * @throws JobFailure when nothing is selected, or the role may not list the bucket
 */
export async function generateManifest(
  s3: S3Client,
  generator: S3ManifestGenerator,
  openSegments: (cutter: ChunkCutter) => SegmentWriter,
  onRows: (rows: number) => void,
): Promise<GeneratedContents> {
  const bucket = parseS3Arn(generator.SourceBucket)?.bucket ?? "";
  const filter = generator.Filter ?? {};
  const selects = createFilter(filter);
  const cutter = createChunkCutter();
  const segments = openSegments(cutter);
  const sample: Task[] = [];
  let rows = 0;
  let bytes = 0;
  let objectBytes = 0;

  const take = async (objects: ListedObject[]) => {
    let text = "";
    for (const object of objects) {
      if (!selects(object)) continue;
      if (sample.length < sampleRows) sample.push(storable({ bucket, key: object.key }));
      // All of it is ASCII, so that characters are bytes.
      text += `${bucket},${encodeRowKey(object.key)}\n`;
      rows += 1;
      objectBytes += object.size;
      if (rows === cutter.fullAt) cutter.cut(rows, bytes + text.length);
    }
    bytes += text.length;
    if (rows > maxRows)
      throw new JobFailure("ManifestTooLong", `More than ${maxRows.toLocaleString("en")} objects of ${bucket} are selected. Narrow the selection.`);
    onRows(rows);
    if (text !== "") await segments.write(Buffer.from(text, "latin1"));
  };

  /** Pages come from several listers at once, and are written one after the other. */
  let writing: Promise<void> = Promise.resolve();
  const onPage = (objects: ListedObject[]) => {
    writing = writing.then(() => take(objects));
    return writing;
  };

  try {
    const prefixes = withoutNested(filter.KeyNameConstraint?.MatchAnyPrefix ?? [""]);
    await listInParallel({ list: listBucket(s3, bucket), prefixes, onPage }).catch((error: unknown) => {
      throw listingRefusal(bucket, error);
    });
    cutter.cut(rows, bytes);
    if (rows === 0) throw new JobFailure("EmptyManifest", `No object of the bucket ${bucket} is selected. Create the job again with a wider selection.`);
    const written = await segments.finish();
    return { rows, bytes, objectBytes, sample, segments: written, chunks: placeChunks(cutter.chunks, written) };
  } catch (error) {
    await writing.catch(() => undefined);
    await segments.abort();
    throw error;
  }
}

/** Anything but letters, digits and a few marks is encoded, so that a row never needs quotes. */
const encodeRowKey = (key: string): string => (/^[\w\-./!~*'()]*$/.test(key) ? key : encodeURIComponent(key).replaceAll("%2F", "/"));

function listingRefusal(bucket: string, error: unknown): unknown {
  // What the segments' own client was refused has been told by then.
  const failure = error instanceof JobFailure ? null : s3Failure(error);
  if (failure?.kind !== "refused") return error;
  if (failure.httpStatus === 404) return new JobFailure("BucketNotFound", `The bucket ${bucket}, whose objects are to be listed, does not exist.`);
  if (failure.httpStatus === 403 || failure.httpStatus === 401) {
    return new JobFailure("ListingForbidden", `The execution role may not list the bucket ${bucket} (${failure.code}). Allow it s3:ListBucket there.`);
  }
  return new JobFailure("ListingFailed", `The bucket ${bucket} cannot be listed: ${failure.httpStatus} ${failure.code}: ${failure.message}`);
}
