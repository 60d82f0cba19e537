import type { WorkArea } from "../reports/work-area.ts";
import type { ChunkCutter, ChunkRange } from "./cut-chunks.ts";
import { createPartBuffers, openSegment, type SegmentUpload } from "./segment-upload.ts";

/** A segment ends with the first chunk that makes it at least this large. */
export const segmentBytes = 64 * 1024 * 1024;

/** An object in the work area that holds the bytes [start, end) of the whole list, in plain CSV. */
export interface Segment {
  key: string;
  /** As S3 gave it, for an If-Match. */
  etag: string;
  start: number;
  end: number;
}

/** A chunk and where its rows are: in the manifest itself, or, with a segment, at these bytes of the segment. */
export interface PlacedChunk extends ChunkRange {
  segmentKey?: string;
  segmentETag?: string;
}

export interface SegmentWriter {
  /** Takes the next bytes of the list, once the cutter has seen them. */
  write(bytes: Buffer): Promise<void>;
  finish(): Promise<Segment[]>;
  /** Never throws. */
  abort(): Promise<void>;
}

/** Of the keys of one attempt. */
export const segmentPrefix = (area: WorkArea, attempt: number): string => `${area.prefix}segments/${attempt}-`;

/**
 * Writes a list that has no byte ranges of its own as plain CSV into the job's work area, cut between chunks.
 * @param attempt in the keys, so that a preparer that lost its lease cannot change what the next one wrote
 */
export function createSegmentWriter(area: WorkArea, attempt: number, cutter: ChunkCutter, minBytes = segmentBytes): SegmentWriter {
  const buffers = createPartBuffers();
  const segments: Segment[] = [];
  let open: SegmentUpload | null = null;
  let start = 0;
  let position = 0;
  let chunksSeen = 0;

  const keyOf = (index: number) => `${segmentPrefix(area, attempt)}${String(index).padStart(6, "0")}.csv`;
  const append = async (bytes: Buffer) => {
    if (bytes.length === 0) return;
    open ??= openSegment(area.s3, area.bucket, keyOf(segments.length), buffers);
    await open.write(bytes);
    position += bytes.length;
  };
  const close = async () => {
    if (!open) return;
    const etag = await open.finish();
    open = null;
    segments.push({ key: keyOf(segments.length), etag, start, end: position });
    start = position;
  };

  return {
    async write(bytes) {
      const before = position;
      let from = 0;
      for (; chunksSeen < cutter.chunks.length; chunksSeen += 1) {
        const end = (cutter.chunks[chunksSeen] as ChunkRange).byteEnd;
        if (end - start < minBytes) continue;
        await append(bytes.subarray(from, end - before));
        from = end - before;
        await close();
      }
      await append(bytes.subarray(from));
    },
    async finish() {
      await close();
      return segments;
    },
    async abort() {
      await open?.abort();
      open = null;
    },
  };
}

/** @throws Error when a chunk spans two segments, which the writer does not let happen */
export function placeChunks(chunks: readonly ChunkRange[], segments: readonly Segment[]): PlacedChunk[] {
  let index = 0;
  return chunks.map((chunk) => {
    while (chunk.byteStart >= (segments[index]?.end ?? Number.POSITIVE_INFINITY)) index += 1;
    const segment = segments[index];
    if (!segment || chunk.byteEnd > segment.end) throw new Error(`Chunk at row ${chunk.firstRow} is in no segment`);
    return { ...chunk, byteStart: chunk.byteStart - segment.start, byteEnd: chunk.byteEnd - segment.start, segmentKey: segment.key, segmentETag: segment.etag };
  });
}
