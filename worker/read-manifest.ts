import type { Readable } from "node:stream";
import { storableText } from "#lib/db/storable-text.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { JobManifest } from "#lib/jobs/job-schema.ts";
import { type ChunkRange, createChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { manifestAddress } from "#lib/manifests/open-manifest.ts";
import { RowError } from "#lib/manifests/parse-row.ts";
import { createRowScanner } from "#lib/manifests/scan-rows.ts";
import type { Task } from "#lib/operations/operation.ts";

const sampleRows = 10;
/** Buckets are looked up one by one before the job may run. */
const maxBuckets = 100;

export interface ManifestContents {
  rows: number;
  chunks: readonly ChunkRange[];
  sample: Task[];
  /** Each bucket, with the first row that names it. */
  buckets: Map<string, number>;
}

/**
 * Reads and checks a whole manifest, row by row, in bounded memory.
 * @param onRows told now and then how many rows were read
 * @throws JobFailure that names the first wrong row
 */
export async function readManifest(stream: Readable, manifest: JobManifest, onRows: (rows: number) => void): Promise<ManifestContents> {
  const address = manifestAddress(manifest);
  const cutter = createChunkCutter();
  const sample: Task[] = [];
  const buckets = new Map<string, number>();
  const scanner = createRowScanner(manifest.Spec.Fields, cutter, sampleRows, (task, line) => {
    if (sample.length < sampleRows) sample.push(storable(task));
    if (buckets.has(task.bucket)) return;
    if (buckets.size === maxBuckets) throw new RowError(`names bucket number ${maxBuckets + 1}; a job works on at most ${maxBuckets}`);
    buckets.set(task.bucket, line);
  });
  try {
    for await (const piece of refuseCompressed(stream, address)) {
      scanner.push(piece);
      onRows(scanner.rows);
    }
    scanner.finish();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new JobFailure("InvalidManifest", `Row ${scanner.line.toLocaleString("en")} of ${address} ${error.message}.`);
  } finally {
    stream.destroy();
  }
  if (scanner.rows === 0) throw new JobFailure("EmptyManifest", `The manifest ${address} has no rows. Write one row for each object: bucket,key.`);
  return { rows: scanner.rows, chunks: cutter.chunks, sample, buckets };
}

const storable = (task: Task): Task => ({
  ...task,
  key: storableText(task.key, 1_024),
  ...(task.versionId === undefined ? {} : { versionId: storableText(task.versionId, 1_024) }),
});

async function* refuseCompressed(stream: Readable, address: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    if (first && piece[0] === 0x1f && piece[1] === 0x8b) {
      throw new JobFailure("InvalidManifest", `The manifest ${address} is compressed with gzip, which Longshore does not read yet. Upload it as plain CSV.`);
    }
    first = false;
    yield piece;
  }
}
