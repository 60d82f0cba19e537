import { z } from "zod";
import { type CopyPlan, makingActions } from "./copy-plan.ts";
import { copyWithin } from "./copy-within.ts";
import { headCurrent } from "./current-version.ts";
import { createLockReader, keptAttributes } from "./kept-attributes.ts";
import { objectAttributes } from "./object-head.ts";
import { readTags } from "./object-tags.ts";
import { type Answer, defineOperation, type JobContext, StepFailure, type Steps, type Task, type TaskOutcome, type TrialResult } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { parseReplication, type ReplicationRule, rulesFor } from "./replication-rules.ts";
import { beginAndGiveUp } from "./trial.ts";

/** As stores say that a bucket has no replication. */
const none = new Set(["ReplicationConfigurationNotFoundError", "NoSuchReplicationConfiguration"]);

/** Finds the rules that an object goes by, asking each bucket once for them. */
function createRuleFinder(): (task: Task) => Steps<ReplicationRule[]> {
  const known = new Map<string, ReplicationRule[]>();
  return function* (task) {
    let rules = known.get(task.bucket);
    if (rules === undefined) {
      rules = yield* readRules(task.bucket);
      known.set(task.bucket, rules);
    }
    const tags = rules.some((rule) => rule.tags.length > 0) ? yield* readTags(task) : [];
    const found = rulesFor(rules, task.key, tags);
    if (found.length > 0) return found;
    const message =
      rules.length === 0
        ? `The bucket ${task.bucket} has no enabled replication rule: add one, or use Copy`
        : `No replication rule of the bucket ${task.bucket} is for this object, by its key and tags`;
    throw new StepFailure({ kind: "failed", httpStatus: 200, code: "NoReplicationRule", message });
  };
}

function* readRules(bucket: string): Steps<ReplicationRule[]> {
  try {
    return parseReplication(yield { method: "GET", bucket, key: "", query: { replication: "" }, headers: {}, body: "", wantsAnswer: true });
  } catch (error) {
    if (error instanceof StepFailure && none.has(error.outcome.code)) return [];
    throw error;
  }
}

/** What S3 says of the object; null for a delete marker, which is not replicated. */
function* headUnlessMarker(task: Task): Steps<Answer | null> {
  try {
    return yield* headCurrent(task);
  } catch (error) {
    if (error instanceof StepFailure && task.versionId !== undefined && error.outcome.httpStatus === 404) return null;
    throw error;
  }
}

function createReplicator(job: JobContext): (task: Task) => Steps<TaskOutcome> {
  const findRules = createRuleFinder();
  const readLocks = createLockReader(job);
  return function* (task) {
    const head = yield* headUnlessMarker(task);
    if (head === null) {
      const message = `The newest version of the object is a delete marker, which replication leaves out`;
      return { kind: "failed", httpStatus: 404, code: "NotCurrentVersion", message };
    }
    const source = { ...task, versionId: headerOf(head, "x-amz-version-id") ?? task.versionId };
    const rules = yield* findRules(source);
    const kept = yield* keptAttributes(source, head, yield* readLocks(source, head));
    let httpStatus = head.httpStatus;
    for (const { bucket, storageClass } of rules) {
      const plan: CopyPlan = {
        source,
        target: { bucket, key: task.key },
        headers: { ...kept, ...(storageClass !== undefined && { "x-amz-storage-class": storageClass }) },
        keepsMetadata: true,
        tags: null,
        reading: { "if-match": headerOf(head, "etag") ?? "" },
      };
      ({ httpStatus } = yield* copyWithin(plan, job));
    }
    return { kind: "succeeded", httpStatus, message: `Copied to ${rules.map(({ bucket }) => bucket).join(", ")}` };
  };
}

export const replicateObject = defineOperation({
  name: "S3ReplicateObject",
  title: "Replicate",
  summary: "Copies every object to where its bucket's replication rules send new objects.",
  group: "Copies",
  schema: z.strictObject({}),
  fields: [],
  initial: {},
  describe: () => "Replicate by the bucket's replication rules",
  warning: () =>
    "Longshore makes the replicas itself, by CopyObject, with metadata, tags, ACL and locks: COMPLIANCE retention of an object keeps its replica from being deleted too. An object in a destination bucket that has the same key is overwritten; without versioning there, it is lost. Only the newest version of an object is replicated.",
  irreversible: () => null,
  permissions: (_params, bucket) => [
    ...[
      "s3:GetObject",
      "s3:GetObjectVersion",
      "s3:GetObjectTagging",
      "s3:GetObjectVersionTagging",
      "s3:GetObjectAcl",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectRetention",
      "s3:GetObjectLegalHold",
    ].map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/*` })),
    ...["s3:GetReplicationConfiguration", "s3:GetBucketObjectLockConfiguration", "s3:ListBucket"].map((action) => ({
      action,
      resource: `arn:aws:s3:::${bucket}`,
    })),
    ...[...makingActions, "s3:PutObjectRetention", "s3:PutObjectLegalHold"].map((action) => ({ action, resource: "arn:aws:s3:::DESTINATION-OF-THE-RULES/*" })),
  ],
  needs: () => ["BucketReplication", "HeadObject", "GetObjectAcl", "CopyObject", "CopyObjectKeys", "CopyObjectAcl", "CopyObjectStorageClass"],
  previewNeeds: () => ["BucketReplication", "HeadObject"],
  destinations: () => [],
  run: (_params, job) => {
    const replicate = createReplicator(job);
    return {
      size: 1,
      *steps([task]) {
        return [yield* replicate(task as Task)];
      },
    };
  },
  preview: () => {
    const findRules = createRuleFinder();
    return function* (task) {
      const head = yield* headCurrent(task);
      const rules = yield* findRules(task);
      const replicas = rules.map(({ bucket, storageClass }) => `s3://${bucket}/${task.key}${storageClass === undefined ? "" : ` as ${storageClass}`}`);
      const attributes = objectAttributes(head);
      return { before: attributes, after: [...attributes, { name: "Replicas", value: replicas.join(", ") }] };
    };
  },
  trial: () => {
    const findRules = createRuleFinder();
    return function* (task) {
      const results: TrialResult[] = [];
      for (const { bucket, storageClass } of yield* rulesIfAny(findRules(task))) {
        const headers: Record<string, string> = storageClass === undefined ? {} : { "x-amz-storage-class": storageClass };
        const right = { right: `Write replicas to ${bucket}`, needs: `s3:PutObject on arn:aws:s3:::${bucket}/*` };
        results.push(yield* beginAndGiveUp({ bucket, key: task.key, headers }, right));
      }
      return results;
    };
  },
});

/** That there are none is told by the preview. */
function* rulesIfAny(find: Steps<ReplicationRule[]>): Steps<ReplicationRule[]> {
  try {
    return yield* find;
  } catch (error) {
    if (error instanceof StepFailure) return [];
    throw error;
  }
}
