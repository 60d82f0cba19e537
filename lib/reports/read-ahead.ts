import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { messageOf } from "../errors.ts";
import type { ReportLocation } from "./report-location.ts";
import { ReportFileError, readFromS3 } from "./report-problem.ts";

/** A first page needs little; who reads on needs much. */
const firstBlock = 256 * 1024;
const largestBlock = 4 * 1024 * 1024;
/** One connection to a store that is far away is slow, however large the block. */
const blocksAhead = 3;

interface Block {
  bytes: Uint8Array;
  /** Of the whole file. */
  total: number;
  etag: string | undefined;
}

/**
 * The bytes of a report's file from `offset` on, in order. Who goes on past the first block has the next ones asked for ahead,
 * side by side: some 16 MB are in memory at most.
 * @throws AppError Upstream; ReportFileError for a file that becomes another one while it is read
 */
export async function* readAhead(s3: S3Client, location: ReportLocation, key: string, offset: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const abortSignal = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const read = (from: number, bytes: number, etag?: string) => readBlock(s3, location, key, { from, bytes, etag }, abortSignal);
  try {
    const first = await read(offset, firstBlock);
    if (first === null) return;
    yield first.bytes;
    let next = offset + first.bytes.length;
    let size = firstBlock;
    const coming: Promise<Block | null>[] = [];
    const ask = () => {
      size = Math.min(size * 4, largestBlock);
      const bytes = Math.min(size, first.total - next);
      const block = read(next, bytes, first.etag);
      // Whoever waits for it learns of its failure; nobody may.
      block.catch(() => undefined);
      coming.push(block);
      next += bytes;
    };
    for (;;) {
      while (coming.length < blocksAhead && next < first.total) ask();
      const block = coming.shift();
      if (block === undefined) return;
      yield (await block)?.bytes ?? new Uint8Array();
    }
  } finally {
    stop.abort();
  }
}

/** @returns null past the end of the file */
async function readBlock(
  s3: S3Client,
  location: ReportLocation,
  key: string,
  { from, bytes, etag }: { from: number; bytes: number; etag: string | undefined },
  abortSignal: AbortSignal,
): Promise<Block | null> {
  const answer = await readFromS3(location, key, async () => {
    try {
      return await s3.send(new GetObjectCommand({ Bucket: location.bucket, Key: key, Range: `bytes=${from}-${from + bytes - 1}`, IfMatch: etag }), {
        abortSignal,
      });
    } catch (error) {
      if (error instanceof Error && error.name === "InvalidRange") return null;
      throw error;
    }
  });
  if (!answer) return null;
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.ContentRange ?? "");
  if (range?.[1] !== String(from)) {
    throw new ReportFileError(location, key, "the endpoint gives no part of it: it ignores the Range of a GetObject, which Longshore needs");
  }
  const total = Number(range[2]);
  const body = await answer.Body?.transformToByteArray().catch((error: unknown) => {
    throw new ReportFileError(location, key, `the endpoint stopped sending it (${messageOf(error)})`, error);
  });
  if (body?.length !== Math.min(bytes, total - from)) throw new ReportFileError(location, key, "the endpoint stopped sending it before its end");
  return { bytes: body, total, etag: answer.ETag };
}
