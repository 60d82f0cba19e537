import { parseS3Arn } from "../jobs/arn.ts";
import type { Capability, Need, StoreKind } from "../probe/capability.ts";
import { encodeComponent, encodeKey } from "../s3/encode-key.ts";
import { grantHeaders } from "./access-control.ts";
import { copyAcross } from "./copy-across.ts";
import { copyFields } from "./copy-fields.ts";
import { copyInParts, isTooLarge } from "./copy-in-parts.ts";
import { type CopyPlan, headSource, makingActions } from "./copy-plan.ts";
import { type Copy, copySchema, hasMetadata } from "./copy-schema.ts";
import { copyHeaders, copyWithin } from "./copy-within.ts";
import { headIfThere, objectAttributes } from "./object-head.ts";
import { tagsHeader } from "./object-tags.ts";
import { type Answer, defineOperation, StepFailure, type Steps, type Task, type TaskOutcome } from "./operation.ts";
import { beginAndGiveUp } from "./trial.ts";
import type { Made } from "./upload-in-parts.ts";

const targetBucket = (copy: Copy): string => parseS3Arn(copy.TargetResource)?.bucket ?? "";
const httpDate = (iso: string): string => new Date(iso).toUTCString();

/** What is the same for every object. */
function planOf(copy: Copy): Omit<CopyPlan, "source" | "target"> {
  const metadata = copy.NewObjectMetadata;
  const directive = copy.MetadataDirective ?? (metadata && hasMetadata(metadata) ? "REPLACE" : "COPY");
  return { headers: newHeaders(copy), keepsMetadata: directive === "COPY", tags: copy.NewObjectTagging ?? null, reading: readingHeaders(copy) };
}

function readingHeaders(copy: Copy): Record<string, string> {
  return {
    ...(copy.ModifiedSinceConstraint && { "if-modified-since": httpDate(copy.ModifiedSinceConstraint) }),
    ...(copy.UnModifiedSinceConstraint && { "if-unmodified-since": httpDate(copy.UnModifiedSinceConstraint) }),
    ...(copy.RequesterPays && { "x-amz-request-payer": "requester" }),
  };
}

function newHeaders(copy: Copy): Record<string, string> {
  const headers: Record<string, string> = {};
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) headers[name] = value;
  };
  const metadata = copy.NewObjectMetadata;
  set("x-amz-storage-class", copy.StorageClass);
  set("x-amz-acl", copy.CannedAccessControlList);
  set("x-amz-website-redirect-location", copy.RedirectLocation);
  set("x-amz-checksum-algorithm", copy.ChecksumAlgorithm);
  set("x-amz-object-lock-mode", copy.ObjectLockMode);
  set("x-amz-object-lock-retain-until-date", copy.ObjectLockRetainUntilDate && new Date(copy.ObjectLockRetainUntilDate).toISOString());
  set("x-amz-object-lock-legal-hold", copy.ObjectLockLegalHoldStatus);
  const encryption = metadata?.SSEAlgorithm ?? (copy.SSEAwsKmsKeyId === undefined ? undefined : "KMS");
  set("x-amz-server-side-encryption", encryption === "KMS" ? "aws:kms" : encryption);
  set("x-amz-server-side-encryption-aws-kms-key-id", copy.SSEAwsKmsKeyId);
  if (copy.BucketKeyEnabled !== undefined) set("x-amz-server-side-encryption-bucket-key-enabled", String(copy.BucketKeyEnabled));
  if (metadata) {
    set("cache-control", metadata.CacheControl);
    set("content-disposition", metadata.ContentDisposition);
    set("content-encoding", metadata.ContentEncoding);
    set("content-language", metadata.ContentLanguage);
    set("content-type", metadata.ContentType);
    set("expires", metadata.HttpExpiresDate && httpDate(metadata.HttpExpiresDate));
    for (const [name, value] of Object.entries(metadata.UserMetadata ?? {})) set(`x-amz-meta-${name.toLowerCase()}`, value);
  }
  for (const [permission, header] of Object.entries(grantHeaders)) {
    const grantees = (copy.AccessControlGrants ?? []).filter((grant) => grant.Permission === permission);
    if (grantees.length > 0) set(header, grantees.map(({ Grantee }) => `${Grantee.TypeIdentifier}="${Grantee.Identifier}"`).join(", "));
  }
  return headers;
}

const targetOf = (copy: Copy, { key }: Task, role: string | undefined): CopyPlan["target"] => ({
  bucket: targetBucket(copy),
  key: (copy.TargetKeyPrefix ?? "") + key,
  ...(role !== undefined && { role }),
});

/** Whether a copy is looked at again after it was made, since a store may take what it was told and drop it. */
const isLookedAt = (copy: Copy, amazon: boolean): boolean =>
  copy.ObjectLockMode !== undefined ||
  copy.ObjectLockLegalHoldStatus === "ON" ||
  (!amazon && (copy.NewObjectTagging !== undefined || copy.ModifiedSinceConstraint !== undefined || copy.UnModifiedSinceConstraint !== undefined));

function* copied(steps: Steps<Made>): Steps<TaskOutcome> {
  return { kind: "succeeded", httpStatus: (yield* steps).httpStatus };
}

function* copiedAlone(steps: Steps<Made>): Steps<readonly TaskOutcome[]> {
  return [yield* copied(steps)];
}

/** What a copy asks of the store beyond the bytes, by what the parameters give. */
function copyNeeds(copy: Partial<Copy>, { amazon }: StoreKind): Need[] {
  const needs: Need[] = [];
  const also = (asked: unknown, ...some: Need[]) => void (asked && needs.push(...some));
  const metadata = copy.NewObjectMetadata;
  const role = copy.TargetRoleArn;
  if (role) {
    const there = (capability: Capability): Need => ({ capability, roleArn: role });
    also(true, "HeadObject", "GetObject", "GetObjectRange", "GetObjectTagging", ...(["PutObject", "MultipartUpload", "HeadObject"] as const).map(there));
    also(true, there("GetObjectTagging"), there("PutObjectTagging"));
    also(copy.CannedAccessControlList || copy.AccessControlGrants?.length, there("PutObjectAclHeader"));
    also(copy.ObjectLockMode, there("PutObjectRetention"));
    also(copy.ObjectLockLegalHoldStatus, there("PutObjectLegalHold"));
    also(metadata?.SSEAlgorithm === "AES256", there("PutObjectEncryption"));
    return needs;
  }
  also(true, "CopyObject", "CopyObjectKeys");
  also(copy.MetadataDirective === "REPLACE" || (metadata && hasMetadata(metadata)), "CopyObjectMetadata");
  // What is looked at afterwards is put right where the store dropped it.
  if (amazon) also(copy.NewObjectTagging, "CopyObjectTags");
  else also(copy.NewObjectTagging, "GetObjectTagging", "PutObjectTagging");
  also(copy.CannedAccessControlList || copy.AccessControlGrants?.length, "CopyObjectAcl");
  also(copy.StorageClass, "CopyObjectStorageClass");
  also(copy.ObjectLockMode, "PutObjectRetention");
  also(copy.ObjectLockLegalHoldStatus, "PutObjectLegalHold");
  also(metadata?.SSEAlgorithm === "AES256", "CopyObjectEncryption");
  also(metadata?.SSEAlgorithm === "KMS" || copy.SSEAwsKmsKeyId, "CopyObjectKmsEncryption");
  also(copy.ChecksumAlgorithm, "CopyObjectChecksum");
  also(copy.ModifiedSinceConstraint || copy.UnModifiedSinceConstraint, amazon ? "CopyObjectDates" : "HeadObject");
  also(copy.RedirectLocation, "CopyObjectRedirect");
  return needs;
}

export const putObjectCopy = defineOperation({
  name: "S3PutObjectCopy",
  title: "Copy",
  summary: "Copies every object into one destination bucket, here or on another connection. An object with the same key there is overwritten.",
  group: "Copies",
  schema: copySchema,
  fields: copyFields,
  initial: { TargetResource: "" },
  describe: (copy) => {
    const parts = [`Copy to ${targetBucket(copy)}/${copy.TargetKeyPrefix ?? ""}`];
    if (copy.TargetRoleArn) parts.push(`with the role ${copy.TargetRoleArn}`);
    if (copy.StorageClass) parts.push(`as ${copy.StorageClass}`);
    if (copy.NewObjectTagging) parts.push(copy.NewObjectTagging.length > 0 ? `with ${copy.NewObjectTagging.length} new tag(s)` : "without tags");
    if (copy.ObjectLockMode) parts.push(`under ${copy.ObjectLockMode} retention until ${copy.ObjectLockRetainUntilDate}`);
    return parts.join(" ");
  },
  warning: (copy) => `An object in ${targetBucket(copy)} that has the same key is overwritten; without versioning there, it is lost.`,
  irreversible: (copy) =>
    copy.ObjectLockMode === "COMPLIANCE"
      ? `The copies are under COMPLIANCE retention: nobody, not even the account's root user, can delete them or shorten it before ${copy.ObjectLockRetainUntilDate}.`
      : null,
  permissions: (copy, bucket) => [
    ...["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"].map((action) => ({
      action,
      resource: `arn:aws:s3:::${bucket}/*`,
    })),
    { action: "s3:ListBucket", resource: `arn:aws:s3:::${bucket}` },
    // Those of the destination are another role's where there is one.
    ...(copy.TargetRoleArn === undefined ? targetActions(copy) : []).map((action) => ({ action, resource: `${copy.TargetResource}/*` })),
  ],
  needs: copyNeeds,
  previewNeeds: () => ["HeadObject"],
  destinations: (copy) => [{ bucket: targetBucket(copy), ...(copy.TargetRoleArn !== undefined && { role: copy.TargetRoleArn }) }],
  otherRoles: (copy) => (copy.TargetRoleArn === undefined ? [] : [copy.TargetRoleArn]),
  advice: {
    InvalidRequest: "The store does not take this copy. The message says why: often a copy onto itself that changes nothing.",
    NoSuchBucket: "The object's bucket or the copy's does not exist on its connection. Check the manifest's first column, and the destination.",
  },
  run: (copy, job) => {
    const plan = planOf(copy);
    const role = copy.TargetRoleArn;
    if (role !== undefined && job.crosses(role)) {
      return { size: 1, steps: ([task]) => copiedAlone(copyAcross({ ...plan, source: task as Task, target: targetOf(copy, task as Task, role) }, job)) };
    }
    const planFor = (task: Task): CopyPlan => ({ ...plan, source: task, target: targetOf(copy, task, undefined) });
    if (isLookedAt(copy, job.amazon)) return { size: 1, steps: ([task]) => copiedAlone(copyWithin(planFor(task as Task), job)) };

    const constant = { method: "PUT" as const, bucket: targetBucket(copy), query: {}, headers: copyHeaders(plan), body: "" };
    const names = ["x-amz-copy-source"];
    const prefix = copy.TargetKeyPrefix ?? "";
    return {
      compile: (task) => {
        const source = `/${task.bucket}/${encodeKey(task.key)}`;
        const version = task.versionId === undefined ? "" : `?versionId=${encodeComponent(task.versionId)}`;
        return { ...constant, key: prefix + task.key, taskHeaders: { names, values: [source + version] } };
      },
      otherwise: (task, failure) => (isTooLarge(failure) ? copied(copyInParts(planFor(task), job)) : null),
    };
  },
  preview: (copy, job) =>
    function* (task) {
      const role = copy.TargetRoleArn;
      const source = yield* headSource(task, readingHeaders(copy));
      const target = targetOf(copy, task, role !== undefined && job.crosses(role) ? role : undefined);
      const there = yield* headIfSeen(target);
      const name = `s3://${target.bucket}/${target.key}`;
      const overwritten = there === null || there === "hidden" ? [] : objectAttributes(there);
      const now = there === null ? "not there" : there === "hidden" ? "not known: the role may not look" : "an object that is overwritten";
      return {
        before: [{ name, value: now }, ...overwritten],
        after: [{ name, value: "a copy" }, ...objectAttributes(source, { storageClass: copy.StorageClass })],
      };
    },
  trial: (copy, job) => {
    const right = { right: `Write to ${targetBucket(copy)}`, needs: `what a copy takes on ${copy.TargetResource}/*: ${targetActions(copy).join(", ")}` };
    const { headers, tags } = planOf(copy);
    const withTags = { ...headers, ...(tags?.length && { "x-amz-tagging": tagsHeader(tags) }) };
    const role = copy.TargetRoleArn !== undefined && job.crosses(copy.TargetRoleArn) ? copy.TargetRoleArn : undefined;
    return function* (task) {
      return [yield* beginAndGiveUp({ ...targetOf(copy, task, role), headers: withTags }, right)];
    };
  },
  bucketQuestions: (copy) => [
    {
      bucket: "destination",
      setting: "versioning",
      on: (bucket) => `${bucket} keeps versions: an object that is overwritten can be had back.`,
      off: (bucket) => ({ state: "warning", message: `${bucket} keeps no versions: an object there that has the key of a copy is lost.` }),
    },
    ...(copy.ObjectLockMode || copy.ObjectLockLegalHoldStatus
      ? [
          {
            bucket: "destination" as const,
            setting: "objectLock" as const,
            on: (bucket: string) => `${bucket} has Object Lock.`,
            off: (bucket: string) => ({
              state: "error" as const,
              message: `${bucket} has no Object Lock, so every copy would fail. Choose a bucket that was made with it, or leave retention and legal hold out.`,
            }),
          },
        ]
      : []),
  ],
});

/** What is in a copy's place; a role that may write there need not be allowed to look. */
function* headIfSeen(target: CopyPlan["target"]): Steps<Answer | "hidden" | null> {
  try {
    return yield* headIfThere(target);
  } catch (error) {
    if (error instanceof StepFailure && error.outcome.httpStatus === 403) return "hidden";
    throw error;
  }
}

const targetActions = (copy: Copy): string[] => [
  ...makingActions,
  ...(copy.ObjectLockMode ? ["s3:PutObjectRetention"] : []),
  ...(copy.ObjectLockLegalHoldStatus ? ["s3:PutObjectLegalHold"] : []),
];
