import type { Trial } from "../trial.ts";
import { getObjectAcl, putObjectAcl, putObjectVersionAcl } from "./acl.ts";
import { restoreObject } from "./archive.ts";
import { getObjectAttributes, updateObjectEncryption } from "./attributes.ts";
import { bucketReplication } from "./bucket.ts";
import {
  copyObject,
  copyObjectAcl,
  copyObjectChecksum,
  copyObjectDates,
  copyObjectEncryption,
  copyObjectIfMatch,
  copyObjectInPlace,
  copyObjectKmsEncryption,
  copyObjectMetadata,
  copyObjectRedirect,
  copyObjectStorageClass,
  copyObjectTags,
  copyObjectVersion,
} from "./copies.ts";
import { deleteObject, deleteObjects, deleteObjectsVersion, deleteObjectVersion } from "./deletion.ts";
import { copyObjectKeys, objectKeys } from "./keys.ts";
import { listObjects, listObjectVersions } from "./listing.ts";
import { multipartUpload, multipartUploadTags, uploadPartCopy, uploadPartCopyIfMatch } from "./multipart.ts";
import {
  bypassGovernance,
  copyObjectLock,
  getObjectLegalHold,
  getObjectRetention,
  multipartUploadLock,
  objectLockConfiguration,
  putObjectLegalHold,
  putObjectLock,
  putObjectRetention,
} from "./object-lock.ts";
import {
  getObject,
  getObjectRange,
  getObjectVersion,
  headObject,
  putObject,
  putObjectAclHeader,
  putObjectChecksum,
  putObjectEncryption,
  putObjectTags,
} from "./objects.ts";
import {
  deleteObjectTagging,
  deleteObjectVersionTagging,
  getObjectTagging,
  getObjectVersionTagging,
  putObjectTagging,
  putObjectVersionTagging,
} from "./tags.ts";

/** Without these nothing else can be told apart from damage. */
export const firstTrials: readonly Trial[] = [putObject, getObject];

/** In the order in which they are run. */
export const allTrials: readonly Trial[] = [
  ...firstTrials,
  headObject,
  getObjectRange,
  objectKeys,
  listObjects,
  getObjectVersion,
  listObjectVersions,
  putObjectTags,
  putObjectAclHeader,
  putObjectEncryption,
  putObjectChecksum,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
  getObjectVersionTagging,
  putObjectVersionTagging,
  deleteObjectVersionTagging,
  getObjectAcl,
  putObjectAcl,
  putObjectVersionAcl,
  copyObject,
  copyObjectKeys,
  copyObjectVersion,
  copyObjectInPlace,
  copyObjectMetadata,
  copyObjectTags,
  copyObjectAcl,
  copyObjectStorageClass,
  copyObjectEncryption,
  copyObjectKmsEncryption,
  copyObjectChecksum,
  copyObjectDates,
  copyObjectIfMatch,
  copyObjectRedirect,
  multipartUpload,
  multipartUploadTags,
  uploadPartCopy,
  uploadPartCopyIfMatch,
  objectLockConfiguration,
  getObjectRetention,
  putObjectRetention,
  bypassGovernance,
  getObjectLegalHold,
  putObjectLegalHold,
  putObjectLock,
  copyObjectLock,
  multipartUploadLock,
  restoreObject,
  getObjectAttributes,
  updateObjectEncryption,
  deleteObject,
  deleteObjectVersion,
  deleteObjects,
  deleteObjectsVersion,
  bucketReplication,
];
