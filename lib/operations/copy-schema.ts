import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { parseS3Arn } from "../jobs/arn.ts";
import { cannedAcls, grantSchema, headerText } from "./access-control.ts";
import type { ChecksumAlgorithm } from "./operation.ts";
import { tagSetSchema } from "./tags.ts";

export const storageClasses = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "GLACIER", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"] as const;
export const checksumAlgorithms = [
  "CRC32",
  "CRC32C",
  "SHA1",
  "SHA256",
  "CRC64NVME",
  "SHA512",
  "MD5",
  "XXHASH64",
  "XXHASH3",
  "XXHASH128",
] as const satisfies readonly ChecksumAlgorithm[];
const timestamp = z.iso.datetime({ offset: true, message: "must be a date and time" });

const meaningless = (name: string) => z.never({ error: `${name} means nothing for a copy, and S3 has given it up: leave it out` }).optional();

export const metadataSchema = z.strictObject({
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
  // In AWS's model, and deprecated there.
  ContentLength: meaningless("ContentLength"),
  ContentMD5: meaningless("ContentMD5"),
  RequesterCharged: meaningless("RequesterCharged"),
});

/** Shapes, names and limits are those of AWS's S3CopyObjectOperation. */
export const copySchema = z
  .strictObject({
    TargetResource: z
      .string()
      .min(1, "Choose the destination bucket")
      .max(128)
      .refine((arn) => parseS3Arn(arn)?.key === undefined && parseS3Arn(arn) !== null, "must be a bucket's ARN, such as arn:aws:s3:::bucket"),
    /** Ours: an execution role on the connection that the copies go to, where it is not the job's own. */
    TargetRoleArn: z
      .string()
      .max(2048)
      .regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "must be a role's ARN, such as arn:aws:iam::123456789012:role/name")
      .optional(),
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
    if (copy.MetadataDirective === "COPY" && copy.NewObjectMetadata && hasMetadata(copy.NewObjectMetadata)) {
      wrong("MetadataDirective", "Metadata is only replaced with the directive REPLACE");
    }
    if (copy.TargetRoleArn !== undefined && copy.ChecksumAlgorithm !== undefined) {
      wrong("ChecksumAlgorithm", "S3 computes a checksum of what it copies itself, not of what is sent from another store: leave one of the two out");
    }
    if (copy.SSEAwsKmsKeyId !== undefined && copy.NewObjectMetadata?.SSEAlgorithm === "AES256") {
      wrong("SSEAwsKmsKeyId", "A KMS key goes with the algorithm KMS");
    }
  });

export type Copy = z.infer<typeof copySchema>;

/** Whether there is anything in it that S3 takes for metadata. */
export const hasMetadata = (metadata: z.infer<typeof metadataSchema>): boolean =>
  Object.entries(metadata).some(([name, value]) => name !== "SSEAlgorithm" && (typeof value !== "object" || Object.keys(value).length > 0));
