import type { Readable } from "node:stream";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { JobManifest } from "#lib/jobs/manifest-schema.ts";
import { limits } from "#lib/limits.ts";
import { type ChunkCutter, createChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { gunzip, isGzip } from "#lib/manifests/gunzip.ts";
import { manifestAddress } from "#lib/manifests/open-manifest.ts";
import { RowError } from "#lib/manifests/parse-row.ts";
import { createRowScanner } from "#lib/manifests/scan-rows.ts";
import { listedFields } from "#lib/manifests/task-fields.ts";
import { type PlacedChunk, placeChunks, type SegmentWriter } from "#lib/manifests/write-segments.ts";
import { maxBuckets, sampleRows, storableTask, tooManyRows } from "#lib/manifests/write-tasks.ts";
import type { Task } from "#lib/operations/operation.ts";

export interface ManifestContents {
  rows: number;
  chunks: readonly PlacedChunk[];
  sample: Task[];
  /** Each bucket, with the first row that names it. */
  buckets: Map<string, number>;
}

/**
 * Reads and checks a whole CSV manifest, row by row, in bounded memory. One that is compressed cannot be read again by byte range:
 * its rows are written to segments.
 * @param openSegments called at most once
 * @param onRows told now and then how many rows were read
 * @throws JobFailure that names the first wrong row
 */
export async function readManifest(
  stream: Readable,
  manifest: JobManifest,
  openSegments: (cutter: ChunkCutter) => SegmentWriter,
  onRows: (rows: number) => void,
): Promise<ManifestContents> {
  const address = manifestAddress(manifest);
  const cutter = createChunkCutter();
  const sample: Task[] = [];
  const buckets = new Map<string, number>();
  const scanner = createRowScanner(manifest.Spec.Fields ?? listedFields, cutter, sampleRows, (task, line) => {
    if (sample.length < sampleRows) sample.push(storableTask(task));
    if (buckets.has(task.bucket)) return;
    if (buckets.size === maxBuckets) throw new RowError(`names bucket number ${maxBuckets + 1}; a job works on at most ${maxBuckets}`);
    buckets.set(task.bucket, line);
  });
  const maxRows = limits().manifestRows;
  let segments: SegmentWriter | null = null;
  try {
    const text = await textOf(stream);
    if (text.compressed) segments = openSegments(cutter);
    for await (const piece of text.pieces) {
      scanner.push(piece);
      if (scanner.rows > maxRows) throw tooManyRows(maxRows);
      await segments?.write(piece);
      onRows(scanner.rows);
    }
    scanner.finish();
    if (scanner.rows === 0) throw new JobFailure("EmptyManifest", `The manifest ${address} has no rows. Write one row for each object: bucket,key.`);
    const chunks = segments ? placeChunks(cutter.chunks, await segments.finish()) : cutter.chunks;
    return { rows: scanner.rows, chunks, sample, buckets };
  } catch (error) {
    await segments?.abort();
    if (!(error instanceof RowError)) throw error;
    throw new JobFailure("InvalidManifest", `Row ${Math.max(1, scanner.line).toLocaleString("en")} of ${address} ${error.message}.`);
  } finally {
    stream.destroy();
  }
}

/** A file's text, unpacked if it is compressed, which its first two bytes tell. */
export async function textOf(stream: AsyncIterable<Buffer>): Promise<{ compressed: boolean; pieces: AsyncIterable<Buffer> }> {
  const iterator = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const compressed = isGzip(head);
  const all = rejoined(head, iterator);
  return { compressed, pieces: compressed ? gunzip(all) : all };
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
