import { z } from "zod";
import { escapeXml } from "../s3/escape-xml.ts";
import { headerText } from "./access-control.ts";
import { type CopyPlan, makingActions } from "./copy-plan.ts";
import { copyWithin } from "./copy-within.ts";
import { headCurrent } from "./current-version.ts";
import { createLockReader, keptAttributes } from "./kept-attributes.ts";
import { headIfAllowed, headObject } from "./object-head.ts";
import { metadataOf } from "./object-metadata.ts";
import { type Answer, type Attribute, defineOperation, type JobContext, StepFailure, type Steps, type Task, type TaskOutcome } from "./operation.ts";
import { headerOf } from "./read-answer.ts";
import { askForNobody, beginAndGiveUp } from "./trial.ts";
import type { Made } from "./upload-in-parts.ts";

const schema = z.strictObject({
  ObjectEncryption: z.strictObject({
    SSEKMS: z.strictObject({
      // AWS takes a key's ARN only; other stores name their keys as they like.
      KMSKeyArn: headerText(2048),
      BucketKeyEnabled: z.boolean().optional(),
    }),
  }),
});
type Params = z.infer<typeof schema>;

const algorithmHeader = "x-amz-server-side-encryption";
const keyHeader = "x-amz-server-side-encryption-aws-kms-key-id";
const bucketKeyHeader = "x-amz-server-side-encryption-bucket-key-enabled";

const encryptionHeaders = ({ ObjectEncryption: { SSEKMS } }: Params): Record<string, string> => ({
  [algorithmHeader]: "aws:kms",
  [keyHeader]: SSEKMS.KMSKeyArn,
  ...(SSEKMS.BucketKeyEnabled !== undefined && { [bucketKeyHeader]: String(SSEKMS.BucketKeyEnabled) }),
});

/** A key by its id, whether it was named by that or by its ARN. */
const keyId = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

function isSo(head: Answer, { ObjectEncryption: { SSEKMS } }: Params): boolean {
  const bucketKey = headerOf(head, bucketKeyHeader) === "true";
  return (
    headerOf(head, algorithmHeader) === "aws:kms" &&
    keyId(headerOf(head, keyHeader) ?? "") === keyId(SSEKMS.KMSKeyArn) &&
    (SSEKMS.BucketKeyEnabled ?? bucketKey) === bucketKey
  );
}

const encryptionOf = (head: Answer): Attribute => {
  const algorithm = headerOf(head, algorithmHeader);
  const key = headerOf(head, keyHeader);
  const bucketKey = headerOf(head, bucketKeyHeader) === "true" ? " with a bucket key" : "";
  return { name: "Encryption", value: algorithm === undefined ? "none" : `${algorithm}${key === undefined ? "" : ` by ${key}`}${bucketKey}` };
};

/** S3's own call, which moves no data. */
function amazonBody({ ObjectEncryption: { SSEKMS } }: Params): string {
  const bucketKey = SSEKMS.BucketKeyEnabled === undefined ? "" : `<BucketKeyEnabled>${SSEKMS.BucketKeyEnabled}</BucketKeyEnabled>`;
  const kms = `<SSE-KMS><KMSKeyArn>${escapeXml(SSEKMS.KMSKeyArn)}</KMSKeyArn>${bucketKey}</SSE-KMS>`;
  return `<ObjectEncryption xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${kms}</ObjectEncryption>`;
}

/** Copies an object onto itself, encrypted anew and otherwise as it is. */
function createCopier(params: Params, job: JobContext): (task: Task) => Steps<TaskOutcome> {
  const readLocks = createLockReader(job);
  const anew = encryptionHeaders(params);
  // Some stores let nothing be copied onto itself without new metadata.
  let replaces = false;
  return function* (task) {
    const head = yield* headCurrent(task);
    if (isSo(head, params)) return { kind: "succeeded", httpStatus: head.httpStatus, message: "Encrypted so already" };
    const source = { ...task, versionId: headerOf(head, "x-amz-version-id") ?? task.versionId };
    const kept = yield* keptAttributes(source, head, yield* readLocks(source, head));
    const plan = (keepsMetadata: boolean): CopyPlan => ({
      source,
      target: { bucket: task.bucket, key: task.key },
      headers: { ...(!keepsMetadata && metadataOf(head)), ...kept, ...anew },
      keepsMetadata,
      tags: null,
      reading: { "if-match": headerOf(head, "etag") ?? "" },
    });
    let made: Made;
    try {
      made = yield* copyWithin(plan(!replaces), job);
    } catch (error) {
      if (replaces || !(error instanceof StepFailure) || !isOntoItself(error)) throw error;
      replaces = true;
      made = yield* copyWithin(plan(false), job);
    }
    const after = yield* headIfAllowed({ bucket: task.bucket, key: task.key, versionId: made.versionId });
    if (after === null || isSo(after, params)) return { kind: "succeeded", httpStatus: made.httpStatus };
    const message = `The store took the encryption and left it out: the object's encryption is ${encryptionOf(after).value}`;
    return { kind: "failed", httpStatus: made.httpStatus, code: "EncryptionNotKept", message };
  };
}

const isOntoItself = ({ outcome: { httpStatus, code } }: StepFailure): boolean => httpStatus === 400 && code === "InvalidRequest";

export const updateObjectEncryption = defineOperation({
  name: "S3UpdateObjectEncryption",
  title: "Update object encryption",
  summary: "Encrypts every object with another KMS key. A store that has no call for it has each object copied onto itself.",
  group: "Access and encryption",
  schema,
  fields: [
    {
      path: "ObjectEncryption.SSEKMS.KMSKeyArn",
      label: "KMS key",
      kind: "text",
      required: true,
      placeholder: "arn:aws:kms:…",
      help: "On Amazon S3, the key's whole ARN.",
    },
    { path: "ObjectEncryption.SSEKMS.BucketKeyEnabled", label: "Use an S3 bucket key", kind: "checkbox" },
  ],
  initial: { ObjectEncryption: { SSEKMS: { KMSKeyArn: "" } } },
  describe: ({ ObjectEncryption: { SSEKMS } }) => `Encrypt with the KMS key ${SSEKMS.KMSKeyArn}${SSEKMS.BucketKeyEnabled ? ", with an S3 bucket key" : ""}`,
  warning: () =>
    "Except on Amazon S3, each object is copied onto itself with its metadata, tags, ACL, storage class and locks. With versioning, that is a new version, under the locks of the one before (COMPLIANCE retention too), and older versions stay encrypted as they are. What somebody writes to an object while it is copied is replaced: keep others from writing meanwhile.",
  irreversible: () => null,
  permissions: (_params, bucket) =>
    [
      "s3:UpdateObjectEncryption",
      ...makingActions,
      "s3:GetObjectAcl",
      "s3:GetObjectVersionAcl",
      "s3:GetObjectRetention",
      "s3:GetObjectLegalHold",
      "s3:PutObjectRetention",
      "s3:PutObjectLegalHold",
    ]
      .map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/*` }))
      .concat({ action: "s3:GetBucketObjectLockConfiguration", resource: `arn:aws:s3:::${bucket}` }),
  needs: (_params, { amazon }) =>
    amazon
      ? ["UpdateObjectEncryption"]
      : [
          "HeadObject",
          "CopyObject",
          "CopyObjectKeys",
          "CopyObjectInPlace",
          "CopyObjectStorageClass",
          "CopyObjectKmsEncryption",
          "GetObjectAcl",
          "CopyObjectAcl",
        ],
  previewNeeds: () => ["HeadObject"],
  destinations: () => [],
  run: (params, job) => {
    if (job.amazon) {
      const constant = { method: "PUT" as const, query: { encryption: "" }, headers: { "content-type": "application/xml" }, body: amazonBody(params) };
      return { compile: ({ bucket, key, versionId }) => ({ ...constant, bucket, key, versionId }) };
    }
    const copy = createCopier(params, job);
    return {
      size: 1,
      *steps([task]) {
        return [yield* copy(task as Task)];
      },
    };
  },
  preview: (params, job) =>
    function* (task) {
      const head = job.amazon ? yield* headObject(task) : yield* headCurrent(task);
      const before = encryptionOf(head);
      if (isSo(head, params)) return { before: [before], after: [before] };
      const { KMSKeyArn, BucketKeyEnabled } = params.ObjectEncryption.SSEKMS;
      const after = { name: "Encryption", value: `aws:kms by ${KMSKeyArn}${BucketKeyEnabled ? " with a bucket key" : ""}` };
      const how = { name: "Object", value: "copied onto itself" };
      return job.amazon ? { before: [before], after: [after] } : { before: [before, { ...how, value: "as it is" }], after: [after, how] };
    },
  trial: (params, job) =>
    function* ({ bucket, key, versionId }) {
      const needs = (action: string) => `${action} on arn:aws:s3:::${bucket}/*`;
      if (job.amazon) {
        const request = { method: "PUT" as const, query: { encryption: "" }, headers: { "content-type": "application/xml" }, body: amazonBody(params) };
        const right = { right: `Update encryption in ${bucket}`, needs: needs("s3:UpdateObjectEncryption") };
        return [yield* askForNobody({ bucket, key, versionId }, request, right)];
      }
      const right = { right: `Write with this encryption to ${bucket}`, needs: needs("s3:PutObject") };
      return [yield* beginAndGiveUp({ bucket, key, headers: encryptionHeaders(params) }, right)];
    },
});
