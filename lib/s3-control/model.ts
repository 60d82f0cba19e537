import { boolean, integer, list, map, string, structure, timestamp } from "./shape.ts";

/** AWS's model of S3 Control, 2018-08-20: every member of what the job operations take and give, in the model's order. */

const tagSet = list(structure({ Key: string, Value: string }));
const grants = list(structure({ Grantee: structure({ TypeIdentifier: string, Identifier: string, DisplayName: string }), Permission: string }));

const copyObject = structure({
  TargetResource: string,
  CannedAccessControlList: string,
  AccessControlGrants: grants,
  MetadataDirective: string,
  ModifiedSinceConstraint: timestamp,
  NewObjectMetadata: structure({
    CacheControl: string,
    ContentDisposition: string,
    ContentEncoding: string,
    ContentLanguage: string,
    UserMetadata: map,
    ContentLength: integer,
    ContentMD5: string,
    ContentType: string,
    HttpExpiresDate: timestamp,
    RequesterCharged: boolean,
    SSEAlgorithm: string,
  }),
  NewObjectTagging: tagSet,
  RedirectLocation: string,
  RequesterPays: boolean,
  StorageClass: string,
  UnModifiedSinceConstraint: timestamp,
  SSEAwsKmsKeyId: string,
  TargetKeyPrefix: string,
  ObjectLockLegalHoldStatus: string,
  ObjectLockMode: string,
  ObjectLockRetainUntilDate: timestamp,
  BucketKeyEnabled: boolean,
  ChecksumAlgorithm: string,
});

export const jobOperation = structure({
  LambdaInvoke: structure({ FunctionArn: string, InvocationSchemaVersion: string, UserArguments: map }),
  S3PutObjectCopy: copyObject,
  S3PutObjectAcl: structure({
    AccessControlPolicy: structure({
      AccessControlList: structure({ Owner: structure({ ID: string, DisplayName: string }), Grants: grants }),
      CannedAccessControlList: string,
    }),
  }),
  S3PutObjectTagging: structure({ TagSet: tagSet }),
  S3DeleteObjectTagging: structure({}),
  S3InitiateRestoreObject: structure({ ExpirationInDays: integer, GlacierJobTier: string }),
  S3PutObjectLegalHold: structure({ LegalHold: structure({ Status: string }) }),
  S3PutObjectRetention: structure({ BypassGovernanceRetention: boolean, Retention: structure({ RetainUntilDate: timestamp, Mode: string }) }),
  S3ReplicateObject: structure({}),
  S3ComputeObjectChecksum: structure({ ChecksumAlgorithm: string, ChecksumType: string }),
  S3UpdateObjectEncryption: structure({
    ObjectEncryption: structure({ SSEKMS: structure({ KMSKeyArn: string, BucketKeyEnabled: boolean }) }, { SSEKMS: "SSE-KMS" }),
  }),
  // Ours: AWS's clients cannot ask for them, and leave them out where they read them.
  MergeObjectTagging: structure({ TagSet: tagSet, RemoveKeys: list(string) }),
  DeleteObject: structure({ BypassGovernanceRetention: boolean }),
});

const report = structure({ Bucket: string, Format: string, Enabled: boolean, Prefix: string, ReportScope: string, ExpectedBucketOwner: string });

const manifestLocation = structure({ ObjectArn: string, ObjectVersionId: string, ETag: string });
const manifest = structure({ Spec: structure({ Format: string, Fields: list(string) }), Location: manifestLocation });

const kmsFilter = structure({ KmsKeyArn: string, BucketKeyEnabled: boolean });
const encryptionFilter = structure(
  { SSES3: structure({}), SSEKMS: kmsFilter, DSSEKMS: kmsFilter, SSEC: structure({}), NOTSSE: structure({}) },
  { SSES3: "SSE-S3", SSEKMS: "SSE-KMS", DSSEKMS: "DSSE-KMS", SSEC: "SSE-C", NOTSSE: "NOT-SSE" },
);

const manifestGenerator = structure({
  S3JobManifestGenerator: structure({
    ExpectedBucketOwner: string,
    SourceBucket: string,
    ManifestOutputLocation: structure({
      ExpectedManifestBucketOwner: string,
      Bucket: string,
      ManifestPrefix: string,
      ManifestEncryption: structure({ SSES3: structure({}), SSEKMS: structure({ KeyId: string }) }, { SSES3: "SSE-S3", SSEKMS: "SSE-KMS" }),
      ManifestFormat: string,
    }),
    Filter: structure({
      EligibleForReplication: boolean,
      CreatedAfter: timestamp,
      CreatedBefore: timestamp,
      ObjectReplicationStatuses: list(string),
      KeyNameConstraint: structure({ MatchAnyPrefix: list(string), MatchAnySuffix: list(string), MatchAnySubstring: list(string) }),
      ObjectSizeGreaterThanBytes: integer,
      ObjectSizeLessThanBytes: integer,
      MatchAnyStorageClass: list(string),
      MatchAnyObjectEncryption: list(encryptionFilter, "ObjectEncryption"),
    }),
    EnableManifestOutput: boolean,
  }),
});

export const createJobRequest = structure({
  ConfirmationRequired: boolean,
  Operation: jobOperation,
  Report: report,
  ClientRequestToken: string,
  Manifest: manifest,
  Description: string,
  Priority: integer,
  RoleArn: string,
  Tags: tagSet,
  ManifestGenerator: manifestGenerator,
});
export const createJobResult = structure({ JobId: string });

const progressSummary = structure({
  TotalNumberOfTasks: integer,
  NumberOfTasksSucceeded: integer,
  NumberOfTasksFailed: integer,
  Timers: structure({ ElapsedTimeInActiveSeconds: integer }),
});

export const describeJobResult = structure({
  Job: structure({
    JobId: string,
    ConfirmationRequired: boolean,
    Description: string,
    JobArn: string,
    Status: string,
    Manifest: manifest,
    Operation: jobOperation,
    Priority: integer,
    ProgressSummary: progressSummary,
    StatusUpdateReason: string,
    FailureReasons: list(structure({ FailureCode: string, FailureReason: string })),
    Report: report,
    CreationTime: timestamp,
    TerminationDate: timestamp,
    RoleArn: string,
    SuspendedDate: timestamp,
    SuspendedCause: string,
    ManifestGenerator: manifestGenerator,
    GeneratedManifestDescriptor: structure({ Format: string, Location: manifestLocation }),
  }),
});

export const listJobsResult = structure({
  NextToken: string,
  Jobs: list(
    structure({
      JobId: string,
      Description: string,
      Operation: string,
      Priority: integer,
      Status: string,
      CreationTime: timestamp,
      TerminationDate: timestamp,
      ProgressSummary: progressSummary,
    }),
  ),
});

export const updateJobPriorityResult = structure({ JobId: string, Priority: integer });
export const updateJobStatusResult = structure({ JobId: string, Status: string, StatusUpdateReason: string });
export const putJobTaggingRequest = structure({ Tags: tagSet });
export const getJobTaggingResult = structure({ Tags: tagSet });
export const emptyResult = structure({});
