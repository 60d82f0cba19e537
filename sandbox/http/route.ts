import { getBucketAcl, getObjectAcl, putObjectAcl } from "../operations/acl.ts";
import { createBucket, deleteBucket, getBucketLocation, getBucketVersioning, headBucket, listBuckets, putBucketVersioning } from "../operations/buckets.ts";
import { completeMultipartUpload } from "../operations/complete-upload.ts";
import { copyObject } from "../operations/copy-object.ts";
import { deleteBucketCors, getBucketCors, putBucketCors } from "../operations/cors.ts";
import { deleteObject, deleteObjects } from "../operations/delete-objects.ts";
import { deleteBucketEncryption, getBucketEncryption, putBucketEncryption, updateObjectEncryption } from "../operations/encryption.ts";
import { getObject, headObject } from "../operations/get-object.ts";
import { listObjectVersions } from "../operations/list-object-versions.ts";
import { listObjects, listObjectsV2 } from "../operations/list-objects.ts";
import { listMultipartUploads, listParts } from "../operations/list-uploads.ts";
import { abortMultipartUpload, createMultipartUpload } from "../operations/multipart.ts";
import { getObjectAttributes } from "../operations/object-attributes.ts";
import {
  getObjectLegalHold,
  getObjectLockConfiguration,
  getObjectRetention,
  putObjectLegalHold,
  putObjectLockConfiguration,
  putObjectRetention,
} from "../operations/object-lock.ts";
import { deleteBucketOwnershipControls, getBucketOwnershipControls, putBucketOwnershipControls } from "../operations/ownership.ts";
import { putObject } from "../operations/put-object.ts";
import { deleteBucketReplication, getBucketReplication, putBucketReplication } from "../operations/replication.ts";
import { restoreObject } from "../operations/restore-object.ts";
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from "../operations/tagging.ts";
import { uploadPart, uploadPartCopy } from "../operations/upload-parts.ts";
import { S3Error } from "../s3-error.ts";
import type { Operation } from "./operation.ts";
import type { S3Request } from "./parse-request.ts";

/** All that the sandbox can do. */
const operations: readonly Operation[] = [
  listBuckets,
  createBucket,
  headBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  putBucketVersioning,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  putObject,
  getObject,
  headObject,
  getObjectAttributes,
  copyObject,
  deleteObject,
  deleteObjects,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
  getBucketAcl,
  getObjectAcl,
  putObjectAcl,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
  deleteBucketOwnershipControls,
  getObjectLockConfiguration,
  putObjectLockConfiguration,
  getObjectRetention,
  putObjectRetention,
  getObjectLegalHold,
  putObjectLegalHold,
  restoreObject,
  getBucketEncryption,
  putBucketEncryption,
  deleteBucketEncryption,
  updateObjectEncryption,
  getBucketCors,
  putBucketCors,
  deleteBucketCors,
  getBucketReplication,
  putBucketReplication,
  deleteBucketReplication,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  completeMultipartUpload,
  abortMultipartUpload,
  listParts,
  listMultipartUploads,
];

/** Headers of S3 that are understood; any other `x-amz-` header asks for something the sandbox does not do. */
const knownHeaders = new Set([
  "x-amz-acl",
  "x-amz-bucket-object-lock-enabled",
  "x-amz-bypass-governance-retention",
  "x-amz-checksum-algorithm",
  "x-amz-checksum-mode",
  "x-amz-checksum-type",
  "x-amz-content-sha256",
  "x-amz-copy-source",
  "x-amz-copy-source-if-match",
  "x-amz-copy-source-if-modified-since",
  "x-amz-copy-source-if-none-match",
  "x-amz-copy-source-if-unmodified-since",
  "x-amz-copy-source-range",
  "x-amz-date",
  "x-amz-decoded-content-length",
  "x-amz-expected-bucket-owner",
  "x-amz-if-match-last-modified-time",
  "x-amz-if-match-size",
  "x-amz-max-parts",
  "x-amz-metadata-directive",
  "x-amz-mp-object-size",
  "x-amz-object-attributes",
  "x-amz-object-lock-legal-hold",
  "x-amz-object-lock-mode",
  "x-amz-object-lock-retain-until-date",
  "x-amz-object-ownership",
  "x-amz-part-number-marker",
  "x-amz-request-payer",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-security-token",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-server-side-encryption-bucket-key-enabled",
  "x-amz-server-side-encryption-context",
  "x-amz-source-expected-bucket-owner",
  "x-amz-storage-class",
  "x-amz-tagging",
  "x-amz-tagging-directive",
  "x-amz-trailer",
  "x-amz-user-agent",
  "x-amz-website-redirect-location",
]);

const knownPrefixes = ["x-amz-meta-", "x-amz-grant-", "x-amz-checksum-"];

const isCommon = (parameter: string): boolean => parameter === "x-id" || parameter.startsWith("X-Amz-");

function refuseUnknownHeaders(request: S3Request): void {
  for (const name of request.headers.keys())
    if (name.startsWith("x-amz-") && !knownHeaders.has(name) && !knownPrefixes.some((prefix) => name.startsWith(prefix)))
      throw new S3Error("NotImplemented", undefined, { Header: name });
}

const level = ({ bucket, key }: S3Request): Operation["on"] => (bucket === "" ? "service" : key === "" ? "bucket" : "object");

const means = (operation: Operation, request: S3Request): boolean =>
  (operation.required ?? []).every((name) => request.query.has(name)) && (operation.header === undefined || request.headers.has(operation.header));

/** The more an operation asks for, the more it means what a request says. */
const weight = ({ required = [], header }: Operation): number => required.length + (header === undefined ? 0 : 1);

const candidatesOf = new Map<string, readonly Operation[]>();
for (const { method, on } of operations) {
  const candidates = operations.filter((operation) => operation.method === method && operation.on === on).sort((a, b) => weight(b) - weight(a));
  candidatesOf.set(`${method} ${on}`, candidates);
}

/**
 * The one operation a request means. A subresource or header that is not understood is never silently passed over.
 * @throws S3Error NotImplemented, MethodNotAllowed
 */
export function route(request: S3Request): Operation {
  const candidates = candidatesOf.get(`${request.method} ${level(request)}`);
  if (!candidates) throw new S3Error(request.query.size > 0 ? "NotImplemented" : "MethodNotAllowed", undefined, { Method: request.method });
  const operation = candidates.find((candidate) => means(candidate, request));
  const unknown = [...request.query.keys()].find((name) => !isCommon(name) && !operation?.required?.includes(name) && !operation?.accepts?.includes(name));
  if (!operation || unknown !== undefined) throw new S3Error("NotImplemented", undefined, unknown === undefined ? {} : { Parameter: unknown });
  refuseUnknownHeaders(request);
  return operation;
}
