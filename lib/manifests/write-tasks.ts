import { storableText } from "../db/storable-text.ts";
import { limits } from "../limits.ts";
import type { Task } from "../operations/operation.ts";
import { type ChunkCutter, createChunkCutter } from "./cut-chunks.ts";
import { RowError } from "./parse-row.ts";
import { type PlacedChunk, placeChunks, type Segment, type SegmentWriter } from "./write-segments.ts";

/** The manifest's first rows that a review shows. */
export const sampleRows = 10;
/** What a manifest that is too long is refused with. */
export const tooManyRows = (most: number): RowError =>
  new RowError(`is one too many: a job has at most ${most.toLocaleString("en")} rows here (LONGSHORE_MAX_MANIFEST_ROWS). Make several jobs of it`);
/** Buckets are looked up one by one before the job may run. */
export const maxBuckets = 100;

/** A list of objects as it was written into the work area. */
export interface WrittenTasks {
  rows: number;
  /** Of the text. */
  bytes: number;
  segments: Segment[];
  chunks: PlacedChunk[];
  sample: Task[];
  /** Each bucket, with the first row that names it. */
  buckets: Map<string, number>;
}

export interface TaskWriter {
  readonly rows: number;
  /** @throws RowError for an object that cannot be in the list */
  add(task: Task): void;
  /** Writes what was added since; waits while the writing is behind. */
  flush(): Promise<void>;
  finish(): Promise<WrittenTasks>;
  /** Never throws. */
  abort(): Promise<void>;
}

/**
 * Writes objects that come one by one as a list in plain CSV, cut into chunks: what jobs are run from when their list is no CSV.
 * @param versions whether each row has a version id, which may be empty
 * @param maxRows that it takes
 */
export function createTaskWriter(openSegments: (cutter: ChunkCutter) => SegmentWriter, versions: boolean, maxRows = limits().manifestRows): TaskWriter {
  const cutter = createChunkCutter();
  const segments = openSegments(cutter);
  const sample: Task[] = [];
  const buckets = new Map<string, number>();
  let bucketBefore = "";
  let text = "";
  let rows = 0;
  let bytes = 0;

  const flush = async () => {
    if (text === "") return;
    const piece = Buffer.from(text, "latin1");
    bytes += piece.length;
    text = "";
    await segments.write(piece);
  };

  return {
    get rows() {
      return rows;
    },
    add(task) {
      const { bucket, key, versionId = "" } = task;
      // All of it is ASCII, so that characters are bytes.
      const row = versions ? `${bucket},${encodeRowKey(key)},${plainVersion(versionId)}\n` : `${bucket},${encodeRowKey(key)}\n`;
      if (bucket !== bucketBefore && !buckets.has(bucket)) {
        if (buckets.size === maxBuckets) throw new RowError(`names bucket number ${maxBuckets + 1}; a job works on at most ${maxBuckets}`);
        buckets.set(bucket, rows + 1);
      }
      bucketBefore = bucket;
      if (rows === maxRows) throw tooManyRows(maxRows);
      text += row;
      rows += 1;
      if (sample.length < sampleRows) sample.push(storableTask(task));
      if (rows === cutter.fullAt) cutter.cut(rows, bytes + text.length);
    },
    flush,
    async finish() {
      cutter.cut(rows, bytes + text.length);
      await flush();
      const written = await segments.finish();
      return { rows, bytes, sample, buckets, segments: written, chunks: placeChunks(cutter.chunks, written) };
    },
    abort: () => segments.abort(),
  };
}

/** Anything but letters, digits and a few marks is encoded, so that a row never needs quotes. */
const encodeRowKey = (key: string): string => (/^[\w\-./!~*'()]*$/.test(key) ? key : encodeURIComponent(key).replaceAll("%2F", "/"));

/** S3's are letters, digits and a few marks. */
function plainVersion(versionId: string): string {
  if (/^[\x21\x23-\x2b\x2d-\x7e]{0,1024}$/.test(versionId)) return versionId;
  throw new RowError(`has the version id ${JSON.stringify(versionId.slice(0, 100))}, which S3 cannot have given`);
}

/** What PostgreSQL can keep of an object's name, for the review. */
export const storableTask = (task: Task): Task => ({
  ...task,
  key: storableText(task.key, 1_024),
  ...(task.versionId === undefined ? {} : { versionId: storableText(task.versionId, 1_024) }),
});
