import type { Readable } from "node:stream";
import { storableText } from "#lib/db/storable-text.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { JobManifest } from "#lib/jobs/job-schema.ts";
import { type ChunkRange, createChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { manifestAddress } from "#lib/manifests/open-manifest.ts";
import { createRowParser, RowError } from "#lib/manifests/parse-row.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { Task } from "#lib/operations/operation.ts";

const sampleRows = 10;
/** Buckets are looked up one by one before the job may run. */
const maxBuckets = 100;

export interface ManifestContents {
  rows: number;
  chunks: ChunkRange[];
  sample: Task[];
  /** Each bucket, with the first row that names it. */
  buckets: Map<string, number>;
}

/**
 * Reads and checks a whole manifest, row by row, in bounded memory.
 * @param onRows told now and then how many rows were read
 * @throws JobFailure that names the first wrong row
 */
export async function readManifest(stream: Readable, bytes: number, manifest: JobManifest, onRows: (rows: number) => void): Promise<ManifestContents> {
  const address = manifestAddress(manifest);
  const parse = createRowParser(manifest.Spec.Fields);
  const cutter = createChunkCutter(bytes);
  const chunks: ChunkRange[] = [];
  const sample: Task[] = [];
  const buckets = new Map<string, number>();
  let row = 0;
  try {
    for await (const lines of splitLines(refuseCompressed(stream, address))) {
      for (const line of lines) {
        row = line.number;
        const task = parse(line.text);
        const chunk = cutter.add(line.start, line.end);
        if (chunk) chunks.push(chunk);
        if (sample.length < sampleRows)
          sample.push({
            ...task,
            key: storableText(task.key, 1_024),
            ...(task.versionId === undefined ? {} : { versionId: storableText(task.versionId, 1_024) }),
          });
        if (!buckets.has(task.bucket)) {
          if (buckets.size === maxBuckets) throw new RowError(`names bucket number ${maxBuckets + 1}; a job works on at most ${maxBuckets}`);
          buckets.set(task.bucket, row);
        }
      }
      // What the splitter itself refuses is the line after those it gave.
      row += 1;
      onRows(cutter.rows());
    }
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw new JobFailure("InvalidManifest", `Row ${row.toLocaleString("en")} of ${address} ${error.message}.`);
  } finally {
    stream.destroy();
  }
  const last = cutter.finish();
  if (last) chunks.push(last);
  if (cutter.rows() === 0) throw new JobFailure("EmptyManifest", `The manifest ${address} has no rows. Write one row for each object: bucket,key.`);
  return { rows: cutter.rows(), chunks, sample, buckets };
}

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
