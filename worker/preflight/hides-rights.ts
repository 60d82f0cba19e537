import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { isCephRequestId } from "#lib/preflight/judge-trials.ts";

/** Whether the store says what is missing before it looks at rights, which Ceph's request ids give away. */
export async function hidesRights(s3: S3Client, Bucket: string | undefined): Promise<boolean> {
  if (Bucket === undefined) return false;
  const metadata = await s3.send(new HeadBucketCommand({ Bucket })).then(
    (answer) => answer.$metadata,
    (error: { $metadata?: { requestId?: string } }) => error.$metadata,
  );
  return isCephRequestId(metadata?.requestId);
}
