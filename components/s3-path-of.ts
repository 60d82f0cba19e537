import { s3Path } from "#lib/browse/s3-location.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";

/** An ARN of S3 as s3://bucket/key; what is none stays as it is. */
export const s3PathOf = (arn: string): string => {
  const parsed = parseS3Arn(arn);
  return parsed ? s3Path(parsed.bucket, parsed.key) : arn;
};
