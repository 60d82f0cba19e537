/** A bucket's name as any store may have it; it goes into URLs as it is. */
export const bucketName = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;

/** `arn:aws:s3:::bucket` or `arn:aws:s3:::bucket/key`, any partition. */
const s3Arn = /^arn:[^:]+:s3:[^:]*:[^:]*:([^/]+)(?:\/(.+))?$/s;

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** @returns the bucket and, for an object's ARN, the key; null when it is not an S3 ARN */
export function parseS3Arn(arn: string): { bucket: string; key: string | undefined } | null {
  const match = s3Arn.exec(arn);
  return match && bucketName.test(match[1] as string) ? { bucket: match[1] as string, key: match[2] } : null;
}
