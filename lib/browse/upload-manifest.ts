import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { createPartBuffers, openSegment } from "../manifests/segment-upload.ts";
import { clientForConnection } from "../s3/connection-client.ts";
import type { UploadedManifest } from "./browse-views.ts";
import { explainS3Error } from "./explain-s3-error.ts";
import { s3Path } from "./s3-location.ts";
import { maxUploadBytes, uploadKeyProblem } from "./upload-limits.ts";

export const uploadManifestQuery = z.object({
  bucket: z.string().min(1).max(255),
  key: z
    .string()
    .min(1)
    .max(1024)
    .superRefine((key, check) => {
      const problem = uploadKeyProblem(key);
      if (problem !== null) check.addIssue({ code: "custom", message: problem });
    }),
});

export interface Upload {
  connectionId: string;
  body: AsyncIterable<Uint8Array> | null;
  /** Content-Length, as the client said it. */
  bytes: number | null;
}

/**
 * Puts a CSV that a person's browser sends into a bucket, with the connection's keys. It only ever makes an object: those keys may do
 * more than the person, so nothing is overwritten, nothing but a CSV is made, and the work area is left alone.
 * @throws AppError Conflict where there is such an object, InvalidRequest for what was not all sent
 */
export async function uploadManifest(
  ctx: Context,
  { connectionId, body, bytes, ...input }: Upload & z.input<typeof uploadManifestQuery>,
): Promise<UploadedManifest> {
  demand(ctx, "job.create");
  const { bucket, key } = uploadManifestQuery.parse(input);
  if (!body || !bytes) throw new AppError("InvalidRequest", "The file is empty. A manifest has one row for each object.");
  if (bytes > maxUploadBytes) {
    const most = `${maxUploadBytes / 1024 ** 3} GB`;
    throw new AppError("InvalidRequest", `The file has more than ${most}, which is the most that a browser can upload here. Put it into S3 another way.`);
  }
  const { s3, connection } = await clientForConnection(ctx, connectionId);
  try {
    if (bucket === connection.workBucket && key.startsWith(connection.workPrefix)) {
      throw new AppError("InvalidRequest", `${s3Path(bucket, connection.workPrefix)} is Longshore's own work area. Choose another place.`);
    }
    if (await exists(s3, bucket, key)) throw taken(bucket, key);
    const target = { type: "connection", id: connection.id, name: connection.name } as const;
    await recordAudit(ctx.db, ctx, { action: "manifest.upload", target, after: { bucket, key, bytes } });
    return { bucket, key, etag: await write(s3, bucket, key, body, bytes) };
  } catch (error) {
    // S3's own answer where somebody else was faster.
    if (error instanceof Error && error.name === "PreconditionFailed") throw taken(bucket, key);
    throw explainS3Error(error, { bucket, key });
  } finally {
    s3.destroy();
  }
}

async function write(s3: S3Client, bucket: string, key: string, body: AsyncIterable<Uint8Array>, bytes: number): Promise<string> {
  const upload = openSegment(s3, bucket, key, createPartBuffers(), { onlyNew: true });
  try {
    let written = 0;
    for await (const piece of body) {
      written += piece.byteLength;
      if (written > bytes) break;
      await upload.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    }
    if (written !== bytes) throw new AppError("InvalidRequest", "The upload ended before all of the file was sent. Nothing was kept: upload it again.");
    return (await upload.finish()).replaceAll('"', "");
  } catch (error) {
    await upload.abort();
    throw error;
  }
}

const taken = (bucket: string, key: string): AppError =>
  new AppError("Conflict", `There is an object ${s3Path(bucket, key)} already, and an upload overwrites none. Choose another name.`);

async function exists(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (explainS3Error(error, { bucket, key }).code === "NotFound") return false;
    throw error;
  }
}
