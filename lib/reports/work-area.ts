import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";

/** Where result parts lie until the job's report is written. */
export interface WorkArea {
  s3: S3Client;
  bucket: string;
  /** Of this job, with a slash at its end. */
  prefix: string;
}

export const createWorkArea = (s3: S3Client, connection: { workBucket: string; workPrefix: string }, jobId: string): WorkArea => ({
  s3,
  bucket: connection.workBucket,
  prefix: `${connection.workPrefix}jobs/${jobId}/`,
});

export const partKey = (area: WorkArea, chunkIndex: number, attempt: number, status: "succeeded" | "failed"): string =>
  `${area.prefix}parts/${String(chunkIndex).padStart(6, "0")}-${attempt}.${status}.csv`;

/** @throws the SDK's error when the connection's keys may not write there */
export async function checkWorkArea(area: WorkArea): Promise<void> {
  const key = `${area.prefix}write-check`;
  await area.s3.send(new PutObjectCommand({ Bucket: area.bucket, Key: key, Body: "Longshore checks that it may write here.\n" }));
  await area.s3.send(new DeleteObjectCommand({ Bucket: area.bucket, Key: key }));
}

/** Removes all that this job left in the work area, parts of dead workers and their unfinished uploads included. */
export async function clearWorkArea({ s3, bucket, prefix }: WorkArea): Promise<void> {
  for (let token: string | undefined; ; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    await Promise.all((page.Contents ?? []).map(({ Key }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
    token = page.NextContinuationToken;
    if (token === undefined) break;
  }
  await abortUploads(s3, bucket, prefix);
}

/** Gives up all unfinished uploads under a prefix. */
export async function abortUploads(s3: S3Client, bucket: string, prefix: string): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
    await Promise.all((page.Uploads ?? []).map(({ Key, UploadId }) => s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }))));
    if (!page.IsTruncated) break;
  }
}
