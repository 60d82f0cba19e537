import { cannedAcls } from "./access-control.ts";
import { checksumAlgorithms, storageClasses } from "./copy-schema.ts";
import type { Field } from "./operation.ts";

const optionalList = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** The form of a copy. */
export const copyFields: readonly Field[] = [
  { path: "TargetResource", label: "Destination bucket", kind: "bucket", required: true, section: "Destination", roleAt: "TargetRoleArn" },
  {
    path: "TargetRoleArn",
    label: "Role on another connection",
    kind: "role",
    section: "Destination",
    help: "Only for a bucket of another connection: the objects are then read here and written there. Left empty, the job's own role.",
  },
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
  { path: "ObjectLockRetainUntilDate", label: "Retain until", kind: "datetime", section: "Object Lock", future: true },
  { path: "ObjectLockLegalHoldStatus", label: "Legal hold", kind: "select", options: optionalList(["ON", "OFF"]), section: "Object Lock" },
  { path: "RedirectLocation", label: "Website redirect", kind: "text", section: "Other" },
  { path: "RequesterPays", label: "The requester pays for the source", kind: "checkbox", section: "Other" },
];
