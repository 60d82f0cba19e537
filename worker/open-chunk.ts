import type { Readable } from "node:stream";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import type { Chunk } from "#lib/db/generated/client.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import type { JobSession } from "./job-sessions.ts";

/** What reading a job's rows takes. */
export type RowSource = Pick<JobSession, "s3" | "workS3" | "connection" | "definition" | "fields">;

/**
 * The bytes of a chunk's rows: of the manifest itself with the role's keys, or of the segment in the work area that it was
 * written to with the connection's.
 * @throws JobFailure when it is not what was prepared; an SDK error while S3 cannot be reached
 */
export async function openChunk({ s3, workS3, connection, definition }: RowSource, chunk: Chunk, signal: AbortSignal): Promise<Readable> {
  const [start, end] = [Number(chunk.byteStart), Number(chunk.byteEnd)];
  if (chunk.segmentKey === null) {
    if (!definition.Manifest) throw new JobFailure("ManifestUnreadable", `Chunk ${chunk.index} of a generated manifest has no segment.`);
    return (await openManifest(s3, definition.Manifest, { start, end }, signal)).stream;
  }
  const address = `s3://${connection.workBucket}/${chunk.segmentKey}`;
  const answer = await workS3
    .send(
      new GetObjectCommand({
        Bucket: connection.workBucket,
        Key: chunk.segmentKey,
        IfMatch: chunk.segmentETag ?? undefined,
        Range: `bytes=${start}-${end - 1}`,
      }),
      { abortSignal: signal },
    )
    .catch((error: unknown) => {
      const failure = s3Failure(error);
      if (failure?.kind !== "refused") throw error;
      throw failure.httpStatus === 412 || failure.httpStatus === 404
        ? new JobFailure("ManifestChanged", `A segment of the prepared manifest, ${address}, was changed or deleted by somebody. Create the job again.`)
        : error;
    });
  const stream = answer.Body as Readable;
  if (answer.ContentRange?.startsWith(`bytes ${start}-`)) return stream;
  stream.destroy();
  throw new JobFailure("ManifestUnreadable", `The endpoint does not give parts of ${address}: it ignores the Range of a GetObject, which Longshore needs.`);
}
