import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { s3Path } from "#lib/browse/s3-location.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { ParquetSource } from "#lib/manifests/read-parquet.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";

/** A file that a manifest.json names. */
export interface DataFile {
  bucket: string;
  key: string;
  /** Hexadecimal, in lower case. */
  md5: string;
}

/**
 * The bytes of a data file as they come. Once they were all read, `verify` says whether they are those that the manifest.json means.
 * @throws JobFailure when S3 refuses; an SDK error while it cannot be reached
 */
export async function openDataFile(
  s3: S3Client,
  file: DataFile,
): Promise<{ pieces: AsyncIterable<Buffer>; verify(): void; close(): void; etag: string; bytes: number }> {
  const answer = await read(s3, file);
  const stream = answer.Body as Readable;
  const hash = createHash("md5");
  async function* hashed() {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      hash.update(piece);
      yield piece;
    }
  }
  return {
    pieces: hashed(),
    verify() {
      if (hash.digest("hex") !== file.md5) {
        throw new JobFailure(
          "ManifestChanged",
          `${s3Path(file.bucket, file.key)} is not the file that the manifest.json means: its MD5 is another one. Have the list written again, and create the job with that.`,
        );
      }
    },
    close: () => stream.destroy(),
    etag: answer.ETag ?? "",
    bytes: answer.ContentLength ?? 0,
  };
}

/** Reads the whole file for its checksum, and then parts of exactly that content. @throws as openDataFile */
export async function openParts(s3: S3Client, file: DataFile): Promise<ParquetSource> {
  const { pieces, verify, close, etag, bytes } = await openDataFile(s3, file);
  let length = 0;
  try {
    for await (const piece of pieces) length += piece.length;
  } finally {
    close();
  }
  verify();
  return {
    bytes: length || bytes,
    async read(start, end) {
      const answer = await read(s3, file, { IfMatch: etag || undefined, Range: `bytes=${start}-${end - 1}` });
      if (!answer.ContentRange?.startsWith(`bytes ${start}-`)) {
        (answer.Body as Readable).destroy();
        throw new JobFailure(
          "ManifestUnreadable",
          `The endpoint does not give parts of ${s3Path(file.bucket, file.key)}: it ignores the Range of a GetObject, which Longshore needs.`,
        );
      }
      return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
    },
  };
}

async function read(s3: S3Client, { bucket, key }: DataFile, more: { IfMatch?: string | undefined; Range?: string } = {}) {
  try {
    return await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...more }));
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    const address = s3Path(bucket, key);
    if (failure.httpStatus === 404) {
      throw new JobFailure("ManifestNotFound", `${address}, which the manifest.json names, does not exist (${failure.code}). Choose a list that is whole.`);
    }
    if (failure.httpStatus === 403 || failure.httpStatus === 401) {
      throw new JobFailure(
        "ManifestForbidden",
        `The execution role may not read ${address}, which the manifest.json names (${failure.code}). Allow it s3:GetObject there.`,
      );
    }
    if (failure.httpStatus === 412) throw new JobFailure("ManifestChanged", `${address} changed while it was read. Create the job again.`);
    throw new JobFailure("ManifestUnreadable", `${address} cannot be read: ${failure.httpStatus} ${failure.code}: ${failure.message}`);
  }
}
