import { objectArn, parseS3Arn } from "../jobs/arn.ts";

export interface ObjectLocation {
  bucket: string;
  key: string;
}

export const s3Path = (bucket: string, key = ""): string => `s3://${bucket}/${key}`;

/** Reads `s3://bucket/key` or an object's ARN, as a person types or pastes it; null when it names no object. */
export function parseObjectLocation(text: string): ObjectLocation | null {
  const typed = text.trim();
  const path = /^s3:\/\/([^/]+)\/(.+)$/is.exec(typed);
  if (path) return { bucket: path[1] as string, key: path[2] as string };
  const arn = parseS3Arn(typed);
  return arn?.key === undefined ? null : { bucket: arn.bucket, key: arn.key };
}

/** The ARN of a typed location, or the text as it is, for the request's schema to refuse. */
export function toObjectArn(text: string): string {
  const location = parseObjectLocation(text);
  return location ? objectArn(location.bucket, location.key) : text.trim();
}

/** Reads a bucket's name, `s3://bucket` or a bucket's ARN; null when it is none of them. */
export function parseBucket(text: string): string | null {
  const typed = text.trim();
  const name = /^s3:\/\/([^/]+)\/?$/i.exec(typed)?.[1] ?? bucketOfArn(typed) ?? typed;
  return /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/.test(name) ? name : null;
}

function bucketOfArn(text: string): string | undefined {
  const arn = parseS3Arn(text);
  return arn && arn.key === undefined ? arn.bucket : undefined;
}
