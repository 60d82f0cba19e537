import { GetBucketReplicationCommand, type S3Client, type ReplicationRule as S3Rule } from "@aws-sdk/client-s3";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { ManifestFilter } from "#lib/jobs/manifest-schema.ts";
import { createAskedFilter, type ReplicationRule } from "#lib/manifests/asked-filter.ts";
import type { ListedObject } from "#lib/manifests/list-in-parallel.ts";
import type { TaskFailed } from "#lib/operations/operation.ts";
import { createAdmission } from "#lib/s3/admission.ts";
import { createCap, shareOf } from "#lib/s3/cap.ts";
import type { S3Target } from "#lib/s3/connect-s3.ts";
import { runSteps, type StepsEnd } from "#lib/s3/run-steps.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { createTaskSender } from "#lib/s3/task-sender.ts";

/** Of the connection's limits, which the executors use at the same time. */
const part = 4;

export interface ObjectAsker {
  /** Those of a page that are selected, in their order. @throws JobFailure when the role may not ask */
  select(objects: readonly ListedObject[]): Promise<readonly ListedObject[]>;
  close(): void;
}

/**
 * Asks each listed object what a list does not tell, a page of them at once.
 * @returns null when the filter needs nothing of the kind
 */
export async function openObjectAsker(
  s3: S3Client,
  target: S3Target,
  limits: { maxInFlight: number | null; maxRequestsPerSecond: number | null },
  bucket: string,
  filter: ManifestFilter,
): Promise<ObjectAsker | null> {
  const selects = createAskedFilter(filter, filter.EligibleForReplication ? await rulesOf(s3, bucket) : []);
  if (!selects) return null;
  const { inFlight, perSecond } = shareOf(limits, 0, part);
  const admission = createAdmission();
  const lane = { endpoint: admission.endpoint("asked"), jobCap: createCap() };
  lane.jobCap.setShare({ inFlight: inFlight === null ? null : Math.max(1, inFlight), perSecond }, Date.now());
  const sender = createTaskSender(target, lane, admission);
  const isSelected = (key: string): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const steps = selects({ bucket, key });
      const ended = ({ result }: StepsEnd<boolean>) => ("value" in result ? resolve(result.value) : reject(refusal(bucket, key, result.failure)));
      runSteps(steps, sender, { cutShort: false }, ended, reject).start();
    });
  return {
    async select(objects) {
      const selected = await Promise.all(objects.map(({ key }) => isSelected(key)));
      return objects.filter((_object, index) => selected[index]);
    },
    close: () => sender.close(),
  };
}

function refusal(bucket: string, key: string, { httpStatus, code, message }: TaskFailed): JobFailure {
  if (httpStatus === 403 || httpStatus === 401) {
    return new JobFailure(
      "ListingForbidden",
      `The execution role may not read s3://${bucket}/${key.slice(0, 200)} (${code}), which the selection asks of each object. Allow it s3:GetObject and s3:GetObjectTagging there.`,
    );
  }
  return new JobFailure("ListingFailed", `The object s3://${bucket}/${key.slice(0, 200)} could not be asked: ${httpStatus || "no answer"} ${code}: ${message}`);
}

/** @throws JobFailure when the bucket has none, or the role may not read them */
async function rulesOf(s3: S3Client, bucket: string): Promise<ReplicationRule[]> {
  try {
    const { ReplicationConfiguration: found } = await s3.send(new GetBucketReplicationCommand({ Bucket: bucket }));
    return (found?.Rules ?? []).filter((rule) => rule.Status === "Enabled").map(ruleOf);
  } catch (error) {
    const failure = s3Failure(error);
    if (failure?.kind !== "refused") throw error;
    throw failure.httpStatus === 404
      ? new JobFailure("EmptyManifest", `The bucket ${bucket} has no replication rules, so none of its objects is eligible for replication.`)
      : new JobFailure(
          "ListingForbidden",
          `The replication rules of the bucket ${bucket} could not be read (${failure.httpStatus} ${failure.code}). Allow the execution role s3:GetReplicationConfiguration there.`,
        );
  }
}

const ruleOf = ({ Filter, Prefix, SourceSelectionCriteria }: S3Rule): ReplicationRule => ({
  prefix: Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? "",
  tags: [...(Filter?.Tag ? [Filter.Tag] : []), ...(Filter?.And?.Tags ?? [])].map(({ Key = "", Value = "" }) => ({ Key, Value })),
  kms: SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === "Enabled",
});
