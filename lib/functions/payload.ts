import { createHash } from "node:crypto";
import { bucketArn } from "../jobs/arn.ts";
import type { CalledTask, Invocation } from "../operations/function-call.ts";
import { encodeKey } from "../s3/encode-key.ts";

export interface Payload {
  invocationId: string;
  taskIds: readonly string[];
  /** JSON, as AWS's S3 Batch Operations sends it to a function. */
  text: string;
}

/** Opaque, 22 characters; another one for anything that differs. */
const idOf = (...parts: (string | number)[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);

/**
 * Ids are worked out from what is called, not drawn: a repeat after a worker's death, or for want of an answer, has the same ones.
 */
export function payloadOf({ jobId, schemaVersion, userArguments, round, tasks }: Invocation): Payload {
  const taskIds = tasks.map(({ bucket, key, versionId, repeat }) => idOf(jobId, bucket, key, versionId ?? "", repeat));
  const invocationId = idOf(jobId, round, ...taskIds);
  const described = tasks.map((task, index) => describeTask(task, taskIds[index] as string, schemaVersion));
  const job = { id: jobId, ...(schemaVersion === "2.0" && userArguments && { userArguments }) };
  return { invocationId, taskIds, text: JSON.stringify({ invocationSchemaVersion: schemaVersion, invocationId, job, tasks: described }) };
}

const describeTask = ({ bucket, key, versionId }: CalledTask, taskId: string, schemaVersion: Invocation["schemaVersion"]) => ({
  taskId,
  s3Key: encodeKey(key),
  s3VersionId: versionId ?? null,
  ...(schemaVersion === "1.0" ? { s3BucketArn: bucketArn(bucket) } : { s3Bucket: bucket }),
});
