/**
 * What a store can be asked to do, and the probe tries: S3's own names where it has them, with what goes along where
 * stores are known to drop it. `…Version…` is the same on a named version, of one that does not exist too.
 */
export const capabilities = {
  ObjectKeys: { group: "Objects", title: "Odd keys", means: "Keys with spaces, %, +, //, dot segments and the like come back as they were" },
  PutObject: { group: "Objects", title: "Write an object", means: "PutObject with content type and user metadata" },
  GetObject: { group: "Objects", title: "Read an object", means: "GetObject gives the bytes that were written" },
  GetObjectRange: { group: "Objects", title: "Read a part of an object", means: "GetObject with Range and If-Match" },
  GetObjectVersion: { group: "Objects", title: "Read a version", means: "GetObject and HeadObject with a version id" },
  HeadObject: { group: "Objects", title: "Read metadata", means: "HeadObject gives size, type and user metadata" },
  ListObjects: { group: "Objects", title: "List objects", means: "ListObjectsV2 page by page, nothing left out or twice" },
  ListObjectVersions: { group: "Objects", title: "List versions", means: "ListObjectVersions gives every version" },
  PutObjectTags: { group: "Objects", title: "Write with tags", means: "PutObject with x-amz-tagging" },
  PutObjectAclHeader: { group: "Objects", title: "Write with an ACL", means: "PutObject with x-amz-acl" },
  PutObjectLock: { group: "Objects", title: "Write under Object Lock", means: "PutObject with retention and legal hold" },
  PutObjectEncryption: { group: "Objects", title: "Write encrypted", means: "PutObject with SSE-S3" },
  PutObjectChecksum: { group: "Objects", title: "Write with a checksum", means: "A wrong SHA-256 is refused, a right one is kept and told" },

  GetObjectTagging: { group: "Tags", title: "Read tags", means: "GetObjectTagging" },
  GetObjectVersionTagging: { group: "Tags", title: "Read a version's tags", means: "GetObjectTagging with a version id" },
  PutObjectTagging: { group: "Tags", title: "Replace tags", means: "PutObjectTagging" },
  PutObjectVersionTagging: { group: "Tags", title: "Replace a version's tags", means: "PutObjectTagging with a version id" },
  DeleteObjectTagging: { group: "Tags", title: "Delete tags", means: "DeleteObjectTagging" },
  DeleteObjectVersionTagging: { group: "Tags", title: "Delete a version's tags", means: "DeleteObjectTagging with a version id" },

  GetObjectAcl: { group: "Access", title: "Read the ACL", means: "GetObjectAcl" },
  PutObjectAcl: { group: "Access", title: "Replace the ACL", means: "PutObjectAcl, canned and with grants" },
  PutObjectVersionAcl: { group: "Access", title: "Replace a version's ACL", means: "PutObjectAcl with a version id" },

  CopyObject: { group: "Copies", title: "Copy an object", means: "CopyObject to another key" },
  CopyObjectVersion: { group: "Copies", title: "Copy a version", means: "CopyObject from a named version" },
  CopyObjectKeys: { group: "Copies", title: "Copy odd keys", means: "CopyObject takes the object that x-amz-copy-source names, odd keys too" },
  CopyObjectInPlace: { group: "Copies", title: "Copy onto itself", means: "CopyObject to the same key with new metadata" },
  CopyObjectMetadata: { group: "Copies", title: "Replace metadata", means: "CopyObject with MetadataDirective REPLACE" },
  CopyObjectTags: { group: "Copies", title: "Replace tags", means: "CopyObject with TaggingDirective REPLACE" },
  CopyObjectAcl: { group: "Copies", title: "Set an ACL", means: "CopyObject with x-amz-acl" },
  CopyObjectStorageClass: { group: "Copies", title: "Set the storage class", means: "CopyObject with x-amz-storage-class" },
  CopyObjectLock: { group: "Copies", title: "Set Object Lock", means: "CopyObject with retention and legal hold" },
  CopyObjectEncryption: { group: "Copies", title: "Encrypt with SSE-S3", means: "CopyObject with encryption AES256" },
  CopyObjectKmsEncryption: { group: "Copies", title: "Encrypt with KMS", means: "CopyObject with encryption aws:kms" },
  CopyObjectChecksum: { group: "Copies", title: "Add a checksum", means: "CopyObject with x-amz-checksum-algorithm" },
  CopyObjectDates: { group: "Copies", title: "Conditions on dates", means: "CopyObject only if (un)modified since" },
  CopyObjectIfMatch: { group: "Copies", title: "Condition on the ETag", means: "CopyObject with x-amz-copy-source-if-match" },
  CopyObjectRedirect: { group: "Copies", title: "Set a redirect", means: "CopyObject with x-amz-website-redirect-location" },
  MultipartUpload: { group: "Copies", title: "Upload in parts", means: "CreateMultipartUpload, UploadPart, Complete and Abort" },
  MultipartUploadTags: { group: "Copies", title: "Upload in parts with tags", means: "CreateMultipartUpload with x-amz-tagging" },
  MultipartUploadLock: { group: "Copies", title: "Upload in parts under Object Lock", means: "CreateMultipartUpload with retention and legal hold" },
  UploadPartCopy: { group: "Copies", title: "Copy in parts", means: "UploadPartCopy with ranges" },
  UploadPartCopyIfMatch: { group: "Copies", title: "Copy in parts of one ETag", means: "UploadPartCopy with x-amz-copy-source-if-match" },

  ObjectLockConfiguration: { group: "Object Lock", title: "Read the bucket's lock", means: "GetObjectLockConfiguration" },
  GetObjectRetention: { group: "Object Lock", title: "Read retention", means: "GetObjectRetention" },
  PutObjectRetention: { group: "Object Lock", title: "Set retention", means: "PutObjectRetention, which then keeps the version from being deleted" },
  BypassGovernanceRetention: { group: "Object Lock", title: "Bypass governance", means: "GOVERNANCE retention is lifted with the bypass, and only with it" },
  GetObjectLegalHold: { group: "Object Lock", title: "Read a legal hold", means: "GetObjectLegalHold" },
  PutObjectLegalHold: { group: "Object Lock", title: "Set a legal hold", means: "PutObjectLegalHold, which then keeps the version from being deleted" },

  RestoreObject: { group: "Archive", title: "Restore", means: "RestoreObject of an archived object" },
  GetObjectAttributes: { group: "Checksums and encryption", title: "Read attributes", means: "GetObjectAttributes gives ETag, size and checksum" },
  UpdateObjectEncryption: { group: "Checksums and encryption", title: "Update encryption", means: "UpdateObjectEncryption" },

  DeleteObject: { group: "Deletion", title: "Delete an object", means: "DeleteObject deletes what is named, and nothing else" },
  DeleteObjectVersion: { group: "Deletion", title: "Delete a version", means: "DeleteObject with a version id; one that does not exist deletes nothing" },
  DeleteObjects: { group: "Deletion", title: "Delete many", means: "DeleteObjects deletes what is named, odd keys too, and nothing else" },
  DeleteObjectsVersion: { group: "Deletion", title: "Delete many versions", means: "DeleteObjects with version ids; one that does not exist deletes nothing" },

  BucketReplication: { group: "Bucket", title: "Read replication rules", means: "GetBucketReplication" },
} as const satisfies Record<string, { group: string; title: string; means: string }>;

export type Capability = keyof typeof capabilities;

/** On the connection of the job's own role, or on that of another role that the parameters name: a copy to another connection. */
export type Need = Capability | { capability: Capability; roleArn: string };

/** What of the store decides how an operation works. */
export interface StoreKind {
  /** The endpoint is Amazon's own. */
  amazon: boolean;
}

/** What is needed besides, for a list of objects that may name versions. */
export const withVersionId: Partial<Record<Capability, Capability>> = {
  GetObject: "GetObjectVersion",
  HeadObject: "GetObjectVersion",
  GetObjectTagging: "GetObjectVersionTagging",
  PutObjectTagging: "PutObjectVersionTagging",
  DeleteObjectTagging: "DeleteObjectVersionTagging",
  PutObjectAcl: "PutObjectVersionAcl",
  CopyObject: "CopyObjectVersion",
  DeleteObject: "DeleteObjectVersion",
  DeleteObjects: "DeleteObjectsVersion",
};
