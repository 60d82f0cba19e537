import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { parseS3Arn } from "../jobs/arn.ts";
import type { Need } from "../probe/capability.ts";
import { encodeComponent, encodeKey } from "../s3/encode-key.ts";
import { headIfThere, headObject, objectAttributes } from "./object-head.ts";
import { defineOperation } from "./operation.ts";
import { tagSetSchema } from "./tags.ts";
import { beginAndGiveUp } from "./trial.ts";

const cannedAcls = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "bucket-owner-read",
  "bucket-owner-full-control",
] as const;
const storageClasses = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "GLACIER", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"] as const;
/** What CopyObject itself computes; the model lists more, which no CopyObject takes. */
const checksumAlgorithms = ["CRC32", "CRC32C", "SHA1", "SHA256", "CRC64NVME"] as const;
const permissions = ["FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"] as const;
const grantHeaders = {
  FULL_CONTROL: "x-amz-grant-full-control",
  READ: "x-amz-grant-read",
  READ_ACP: "x-amz-grant-read-acp",
  WRITE_ACP: "x-amz-grant-write-acp",
} as const;

/** A header's value: what HTTP can carry without being split or cut. */
const headerText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[\x20-\x7e]*$/, "may have printable ASCII characters only, as HTTP headers carry it");
const timestamp = z.iso.datetime({ offset: true, message: "must be a date and time" });
const optionalList = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

const grantSchema = z.object({
  Grantee: z.object({
    TypeIdentifier: z.enum(["id", "emailAddress", "uri"]),
    Identifier: headerText(1024).refine((text) => !text.includes('"'), 'may not have a "'),
    DisplayName: z.string().min(1).max(1024).optional(),
  }),
  Permission: z.enum(permissions).refine((permission) => permission !== "WRITE", "WRITE is for buckets: S3 does not grant it on an object"),
});

const metadataSchema = z.strictObject({
  CacheControl: headerText(1024).optional(),
  ContentDisposition: headerText(1024).optional(),
  ContentEncoding: headerText(1024).optional(),
  ContentLanguage: headerText(1024).optional(),
  ContentType: headerText(1024).optional(),
  HttpExpiresDate: timestamp.optional(),
  UserMetadata: z
    .record(
      z
        .string()
        .min(1)
        .max(1024)
        .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, "A metadata key may have letters, digits and - _ . only"),
      headerText(1024).or(z.literal("")),
    )
    .refine(
      (metadata) => new Set(Object.keys(metadata).map((key) => key.toLowerCase())).size === Object.keys(metadata).length,
      "Two keys differ only in case: HTTP headers do not tell them apart",
    )
    .optional(),
  SSEAlgorithm: z.enum(["AES256", "KMS"]).optional(),
});

const schema = z
  .strictObject({
    TargetResource: z
      .string()
      .min(1, "Choose the destination bucket")
      .max(128)
      .refine((arn) => parseS3Arn(arn)?.key === undefined && parseS3Arn(arn) !== null, "must be a bucket's ARN, such as arn:aws:s3:::bucket"),
    TargetKeyPrefix: z.string().min(1).max(1024).refine(isStorable, "has characters that are none (NUL, or half of one)").optional(),
    StorageClass: z.enum(storageClasses).optional(),
    MetadataDirective: z.enum(["COPY", "REPLACE"]).optional(),
    NewObjectMetadata: metadataSchema.optional(),
    NewObjectTagging: tagSetSchema(10).optional(),
    CannedAccessControlList: z.enum(cannedAcls).optional(),
    AccessControlGrants: z.array(grantSchema).max(100).optional(),
    ModifiedSinceConstraint: timestamp.optional(),
    UnModifiedSinceConstraint: timestamp.optional(),
    RedirectLocation: headerText(2048).optional(),
    RequesterPays: z.boolean().optional(),
    SSEAwsKmsKeyId: headerText(2000).optional(),
    BucketKeyEnabled: z.boolean().optional(),
    ChecksumAlgorithm: z.enum(checksumAlgorithms).optional(),
    ObjectLockMode: z.enum(["COMPLIANCE", "GOVERNANCE"]).optional(),
    ObjectLockRetainUntilDate: timestamp.optional(),
    ObjectLockLegalHoldStatus: z.enum(["OFF", "ON"]).optional(),
  })
  .superRefine((copy, check) => {
    const wrong = (path: string, message: string) => check.addIssue({ code: "custom", path: path.split("."), message });
    if ((copy.ObjectLockMode === undefined) !== (copy.ObjectLockRetainUntilDate === undefined)) {
      if (copy.ObjectLockMode === undefined) wrong("ObjectLockMode", "A retention date needs a mode");
      else wrong("ObjectLockRetainUntilDate", "A retention mode needs a date");
    }
    if (copy.CannedAccessControlList !== undefined && copy.AccessControlGrants?.length) {
      wrong("AccessControlGrants", "Give a canned ACL or grants, not both: S3 refuses the pair");
    }
    if (copy.MetadataDirective === "COPY" && copy.NewObjectMetadata && hasHeaders(copy.NewObjectMetadata)) {
      wrong("MetadataDirective", "Metadata is only replaced with the directive REPLACE");
    }
    if (copy.SSEAwsKmsKeyId !== undefined && copy.NewObjectMetadata?.SSEAlgorithm === "AES256") {
      wrong("SSEAwsKmsKeyId", "A KMS key goes with the algorithm KMS");
    }
  });

type Copy = z.infer<typeof schema>;

const hasHeaders = (metadata: z.infer<typeof metadataSchema>): boolean =>
  Object.entries(metadata).some(([name, value]) => name !== "SSEAlgorithm" && (typeof value !== "object" || Object.keys(value).length > 0));

/** What a copy asks of the store beyond the bytes, by what the parameters give. */
function copyNeeds(copy: Partial<Copy>): Need[] {
  const needs: Need[] = ["CopyObject", "CopyObjectKeys"];
  const also = (asked: unknown, need: Need) => void (asked && needs.push(need));
  const metadata = copy.NewObjectMetadata;
  also(copy.MetadataDirective === "REPLACE" || (metadata && hasHeaders(metadata)), "CopyObjectMetadata");
  also(copy.NewObjectTagging, "CopyObjectTags");
  also(copy.CannedAccessControlList || copy.AccessControlGrants?.length, "CopyObjectAcl");
  also(copy.StorageClass, "CopyObjectStorageClass");
  also(copy.ObjectLockMode || copy.ObjectLockLegalHoldStatus, "CopyObjectLock");
  also(metadata?.SSEAlgorithm === "AES256", "CopyObjectEncryption");
  also(metadata?.SSEAlgorithm === "KMS" || copy.SSEAwsKmsKeyId, "CopyObjectKmsEncryption");
  also(copy.ChecksumAlgorithm, "CopyObjectChecksum");
  also(copy.ModifiedSinceConstraint || copy.UnModifiedSinceConstraint, "CopyObjectDates");
  also(copy.RedirectLocation, "CopyObjectRedirect");
  return needs;
}

const targetBucket = (copy: Copy): string => parseS3Arn(copy.TargetResource)?.bucket ?? "";
const httpDate = (iso: string): string => new Date(iso).toUTCString();

/** The headers that are the same for every object. */
function constantHeaders(copy: Copy): Record<string, string> {
  const headers: Record<string, string> = {};
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) headers[name] = value;
  };
  const metadata = copy.NewObjectMetadata;
  const replaces = copy.MetadataDirective ?? (metadata && hasHeaders(metadata) ? "REPLACE" : undefined);
  set("x-amz-metadata-directive", replaces);
  set("x-amz-storage-class", copy.StorageClass);
  set("x-amz-acl", copy.CannedAccessControlList);
  set("x-amz-copy-source-if-modified-since", copy.ModifiedSinceConstraint && httpDate(copy.ModifiedSinceConstraint));
  set("x-amz-copy-source-if-unmodified-since", copy.UnModifiedSinceConstraint && httpDate(copy.UnModifiedSinceConstraint));
  set("x-amz-website-redirect-location", copy.RedirectLocation);
  set("x-amz-request-payer", copy.RequesterPays ? "requester" : undefined);
  set("x-amz-checksum-algorithm", copy.ChecksumAlgorithm);
  set("x-amz-object-lock-mode", copy.ObjectLockMode);
  set("x-amz-object-lock-retain-until-date", copy.ObjectLockRetainUntilDate && new Date(copy.ObjectLockRetainUntilDate).toISOString());
  set("x-amz-object-lock-legal-hold", copy.ObjectLockLegalHoldStatus);
  const encryption = metadata?.SSEAlgorithm ?? (copy.SSEAwsKmsKeyId === undefined ? undefined : "KMS");
  set("x-amz-server-side-encryption", encryption === "KMS" ? "aws:kms" : encryption);
  set("x-amz-server-side-encryption-aws-kms-key-id", copy.SSEAwsKmsKeyId);
  if (copy.BucketKeyEnabled !== undefined) set("x-amz-server-side-encryption-bucket-key-enabled", String(copy.BucketKeyEnabled));
  if (copy.NewObjectTagging !== undefined) {
    set("x-amz-tagging-directive", "REPLACE");
    set("x-amz-tagging", copy.NewObjectTagging.map((tag) => `${encodeComponent(tag.Key)}=${encodeComponent(tag.Value)}`).join("&"));
  }
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

/** Those that an upload in parts to the destination takes as well. */
const uploadHeaders = (copy: Copy): Record<string, string> =>
  Object.fromEntries(Object.entries(constantHeaders(copy)).filter(([name]) => !name.startsWith("x-amz-copy-source") && !name.endsWith("-directive")));

export const putObjectCopy = defineOperation({
  name: "S3PutObjectCopy",
  title: "Copy",
  summary: "Copies every object into one destination bucket. An object with the same key there is overwritten.",
  group: "Copies",
  schema,
  fields: [
    { path: "TargetResource", label: "Destination bucket", kind: "bucket", required: true, section: "Destination" },
    {
      path: "TargetKeyPrefix",
      label: "Key prefix",
      kind: "text",
      section: "Destination",
      placeholder: "archive/2026/",
      help: "Put before each object's key. A folder needs its own slash at the end.",
    },
    {
      path: "StorageClass",
      label: "Storage class",
      kind: "select",
      options: optionalList(storageClasses),
      section: "Destination",
      help: "Left empty, the destination's default.",
    },
    {
      path: "ModifiedSinceConstraint",
      label: "Only if modified since",
      kind: "datetime",
      section: "Conditions",
      help: "An object that is older fails with 412 and is left alone.",
    },
    { path: "UnModifiedSinceConstraint", label: "Only if not modified since", kind: "datetime", section: "Conditions" },
    {
      path: "MetadataDirective",
      label: "Metadata",
      kind: "select",
      section: "Metadata",
      options: [
        { value: "COPY", label: "Copy from the source" },
        { value: "REPLACE", label: "Replace with the following" },
      ],
      help: "Left empty, copied from the source.",
    },
    ...(["ContentType", "CacheControl", "ContentDisposition", "ContentEncoding", "ContentLanguage"] as const).map((name) => ({
      path: `NewObjectMetadata.${name}`,
      label: name.replace(/([a-z])([A-Z])/g, "$1-$2"),
      kind: "text" as const,
      section: "Metadata",
      showWhen: { path: "MetadataDirective", in: ["REPLACE"] },
    })),
    {
      path: "NewObjectMetadata.HttpExpiresDate",
      label: "Expires",
      kind: "datetime",
      section: "Metadata",
      showWhen: { path: "MetadataDirective", in: ["REPLACE"] },
    },
    {
      path: "NewObjectMetadata.UserMetadata",
      label: "User metadata",
      kind: "map",
      section: "Metadata",
      help: "Sent as x-amz-meta-…",
      showWhen: { path: "MetadataDirective", in: ["REPLACE"] },
    },
    { path: "NewObjectTagging", label: "New tags", kind: "tags", section: "Tags", help: "Left empty, each object's own tags are copied." },
    { path: "CannedAccessControlList", label: "Canned ACL", kind: "select", options: optionalList(cannedAcls), section: "Access control" },
    { path: "AccessControlGrants", label: "Grants", kind: "grants", section: "Access control" },
    {
      path: "NewObjectMetadata.SSEAlgorithm",
      label: "Server-side encryption",
      kind: "select",
      section: "Encryption and checksum",
      options: optionalList(["AES256", "KMS"]),
      help: "Left empty, the destination bucket's default.",
    },
    {
      path: "SSEAwsKmsKeyId",
      label: "KMS key",
      kind: "text",
      section: "Encryption and checksum",
      placeholder: "arn:aws:kms:…",
      showWhen: { path: "NewObjectMetadata.SSEAlgorithm", in: ["KMS"] },
    },
    {
      path: "BucketKeyEnabled",
      label: "Use an S3 bucket key",
      kind: "checkbox",
      section: "Encryption and checksum",
      showWhen: { path: "NewObjectMetadata.SSEAlgorithm", in: ["KMS"] },
    },
    { path: "ChecksumAlgorithm", label: "Checksum algorithm", kind: "select", options: optionalList(checksumAlgorithms), section: "Encryption and checksum" },
    {
      path: "ObjectLockMode",
      label: "Retention mode",
      kind: "select",
      options: optionalList(["GOVERNANCE", "COMPLIANCE"]),
      section: "Object Lock",
      help: "The destination bucket must have Object Lock on.",
    },
    { path: "ObjectLockRetainUntilDate", label: "Retain until", kind: "datetime", section: "Object Lock" },
    { path: "ObjectLockLegalHoldStatus", label: "Legal hold", kind: "select", options: optionalList(["ON", "OFF"]), section: "Object Lock" },
    { path: "RedirectLocation", label: "Website redirect", kind: "text", section: "Other" },
    { path: "RequesterPays", label: "The requester pays for the source", kind: "checkbox", section: "Other" },
  ],
  initial: { TargetResource: "" },
  describe: (copy) => {
    const parts = [`Copy to ${targetBucket(copy)}/${copy.TargetKeyPrefix ?? ""}`];
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
    ...["s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging"].map((action) => ({ action, resource: `${copy.TargetResource}/*` })),
    ...(copy.ObjectLockMode ? [{ action: "s3:PutObjectRetention", resource: `${copy.TargetResource}/*` }] : []),
    ...(copy.ObjectLockLegalHoldStatus ? [{ action: "s3:PutObjectLegalHold", resource: `${copy.TargetResource}/*` }] : []),
  ],
  needs: copyNeeds,
  previewNeeds: () => ["HeadObject"],
  destinations: (copy) => [targetBucket(copy)],
  run: (copy) => {
    const constant = { method: "PUT" as const, bucket: targetBucket(copy), query: {}, headers: constantHeaders(copy), body: "" };
    const names = ["x-amz-copy-source"];
    const prefix = copy.TargetKeyPrefix ?? "";
    return {
      compile: (task) => {
        const source = `/${task.bucket}/${encodeKey(task.key)}`;
        const version = task.versionId === undefined ? "" : `?versionId=${encodeComponent(task.versionId)}`;
        return { ...constant, key: prefix + task.key, taskHeaders: { names, values: [source + version] } };
      },
    };
  },
  preview: (copy) =>
    function* (task) {
      const source = yield* headObject(task);
      const target = { bucket: targetBucket(copy), key: (copy.TargetKeyPrefix ?? "") + task.key };
      const there = yield* headIfThere(target);
      const name = `s3://${target.bucket}/${target.key}`;
      const overwritten = there === null ? [] : objectAttributes(there);
      return {
        before: [{ name, value: there === null ? "not there" : "an object that is overwritten" }, ...overwritten],
        after: [{ name, value: "a copy" }, ...objectAttributes(source, { storageClass: copy.StorageClass })],
      };
    },
  trial: (copy) => {
    const bucket = targetBucket(copy);
    const headers = uploadHeaders(copy);
    const right = { right: `Write to ${bucket}`, needs: `what the policy below lists for ${copy.TargetResource}/*` };
    return function* (task) {
      return [yield* beginAndGiveUp({ bucket, key: (copy.TargetKeyPrefix ?? "") + task.key, headers }, right)];
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
