import { GetObjectLockConfigurationCommand, type S3Client } from "@aws-sdk/client-s3";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { operationOf } from "#lib/operations/registry.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import type { LoadedJob } from "./load-job.ts";

/** As stores say that a bucket has no Object Lock, or that they do not know what it is. */
const noLock = new Set(["ObjectLockConfigurationNotFoundError", "NoSuchObjectLockConfiguration", "NotImplemented", "MethodNotAllowed"]);

/**
 * A job that locks objects of a bucket without Object Lock would fail for each of them.
 * @throws JobFailure in words that say what to do
 */
export async function checkObjectLock({ definition, s3 }: Pick<LoadedJob, "definition" | "s3">, buckets: Iterable<string>): Promise<void> {
  const { operation, params } = operationOf(definition.Operation);
  const questions = operation.bucketQuestions?.(params).filter(({ bucket, setting }) => bucket === "objects" && setting === "objectLock") ?? [];
  if (questions.length === 0) return;
  for (const bucket of buckets) {
    const found = questions.map((question) => question.off(bucket)).find(({ state }) => state === "error");
    if (found && (await lacksObjectLock(s3, bucket))) throw new JobFailure("ObjectLockMissing", found.message);
  }
}

/** Only a clear no counts: a role that may not ask may still lock. */
async function lacksObjectLock(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }));
    return ObjectLockConfiguration?.ObjectLockEnabled !== "Enabled";
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    return noLock.has(failure.code) || failure.httpStatus === 501 || failure.httpStatus === 405;
  }
}
