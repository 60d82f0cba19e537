import { HeadBucketCommand, HeadObjectCommand, type HeadObjectCommandOutput, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import type { ObjectHead } from "./browse-views.ts";
import { explainS3Error } from "./explain-s3-error.ts";
import { withConnection } from "./with-connection.ts";

export const headObjectQuery = z.object({
  bucket: z.string().min(1).max(255),
  key: z.string().min(1).max(1024),
  versionId: z.string().min(1).max(1024).optional(),
});

/** Looks one object up, at one version where that is asked for. */
export async function headObject(ctx: Context, input: { connectionId: string } & z.input<typeof headObjectQuery>): Promise<ObjectHead> {
  demand(ctx, "job.create");
  const asked = headObjectQuery.parse(input);
  return withConnection(ctx, input.connectionId, asked, async (s3) => {
    const head = await headOf(s3, asked);
    return {
      etag: (head.ETag ?? "").replace(/^"(.*)"$/, "$1"),
      // A bucket without versioning may name its only version "null": there is nothing to pin then.
      versionId: head.VersionId === undefined || head.VersionId === "null" ? null : head.VersionId,
      size: head.ContentLength ?? 0,
      lastModified: head.LastModified?.toISOString() ?? null,
    };
  });
}

/** HEAD has no body, so a missing object and a missing bucket look alike until the bucket itself is asked for. */
async function headOf(s3: S3Client, { bucket, key, versionId }: z.output<typeof headObjectQuery>): Promise<HeadObjectCommandOutput> {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  } catch (error) {
    const missing = explainS3Error(error, { bucket, key, versionId });
    if (missing.code !== "NotFound") throw error;
    try {
      await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    } catch (bucketError) {
      const noBucket = explainS3Error(bucketError, { bucket });
      if (noBucket.code === "NotFound") throw noBucket;
    }
    throw missing;
  }
}
