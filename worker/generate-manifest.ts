import type { S3Client } from "@aws-sdk/client-s3";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
import { limits } from "#lib/limits.ts";
import type { ChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { listBucket } from "#lib/manifests/list-bucket.ts";
import { type ListedObject, listInParallel, withoutNested } from "#lib/manifests/list-in-parallel.ts";
import { createFilter } from "#lib/manifests/matches-filter.ts";
import type { SegmentWriter } from "#lib/manifests/write-segments.ts";
import { createTaskWriter, type WrittenTasks } from "#lib/manifests/write-tasks.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import type { ObjectAsker } from "./ask-objects.ts";

export interface GeneratedContents extends WrittenTasks {
  /** Of the objects together. */
  objectBytes: number;
}

/**
 * Lists the objects that the generator selects, several pages at once, and writes them to segments as plain CSV.
 * @param onRows told after each page how many rows there are
 * @param asker of what the list does not tell
 * @throws JobFailure when nothing is selected, or the role may not list the bucket
 */
export async function generateManifest(
  s3: S3Client,
  generator: S3ManifestGenerator,
  openSegments: (cutter: ChunkCutter) => SegmentWriter,
  onRows: (rows: number) => void,
  asker: ObjectAsker | null = null,
): Promise<GeneratedContents> {
  const bucket = parseS3Arn(generator.SourceBucket)?.bucket ?? "";
  const filter = generator.Filter ?? {};
  const selects = createFilter(filter);
  const maxRows = limits().manifestRows;
  const writer = createTaskWriter(openSegments, false, maxRows);
  let objectBytes = 0;

  const take = async (objects: ListedObject[]) => {
    const likely = objects.filter(selects);
    for (const object of asker ? await asker.select(likely) : likely) add(object);
    onRows(writer.rows);
    await writer.flush();
  };
  const add = ({ key, size }: ListedObject) => {
    if (writer.rows === maxRows) {
      throw new JobFailure(
        "ManifestTooLong",
        `More than ${maxRows.toLocaleString("en")} objects of ${bucket} are selected, which is the most for one job (LONGSHORE_MAX_MANIFEST_ROWS). Narrow the selection.`,
      );
    }
    writer.add({ bucket, key });
    objectBytes += size;
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
    if (writer.rows === 0) throw new JobFailure("EmptyManifest", `No object of the bucket ${bucket} is selected. Create the job again with a wider selection.`);
    return { ...(await writer.finish()), objectBytes };
  } catch (error) {
    await writing.catch(() => undefined);
    await writer.abort();
    throw error;
  }
}

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
