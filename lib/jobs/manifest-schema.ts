import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { parseS3Arn } from "./arn.ts";

/** Which objects a job works on: a list that exists, or how to make one. Shapes, names and limits are those of AWS's CreateJob. */

export const notStorable = "has characters that are none (NUL, or half of one)";

export const bucketArnSchema = z
  .string()
  .min(1, "Choose a bucket")
  .max(128)
  .refine((arn) => {
    const parsed = parseS3Arn(arn);
    return parsed !== null && parsed.key === undefined;
  }, "must be a bucket's ARN, such as arn:aws:s3:::bucket");

const objectArnSchema = z
  .string()
  .min(1, "Choose the manifest")
  .max(2000)
  .refine((arn) => parseS3Arn(arn)?.key !== undefined, "must be an object's ARN, such as arn:aws:s3:::bucket/manifest.csv");

export const manifestFieldSchema = z.enum(["Ignore", "Bucket", "Key", "VersionId"]);

const locationSchema = z.strictObject({
  ObjectArn: objectArnSchema,
  ObjectVersionId: z.string().min(1).max(2000).optional(),
  ETag: z
    .string()
    .min(1, "Look the manifest up, so that its ETag is known")
    .max(1024)
    .regex(/^[\x21-\x7e]*$/, "is not an ETag: it has printable ASCII characters only")
    .transform((etag) => etag.replace(/^"(.*)"$/, "$1")),
});

/** A member of AWS's that Longshore cannot honour: told by its name rather than silently left out. */
const refused = (why: string) => z.never({ error: why }).optional();

export const manifestFieldsSchema = z
  .array(manifestFieldSchema)
  .max(20)
  .default(["Bucket", "Key"])
  .superRefine((fields, check) => {
    for (const name of ["Bucket", "Key"] as const) {
      if (fields.filter((field) => field === name).length !== 1) check.addIssue({ code: "custom", message: `The field ${name} must be there once` });
    }
    if (fields.filter((field) => field === "VersionId").length > 1) check.addIssue({ code: "custom", message: "The field VersionId may be there once" });
  });

export const csvFormat = "S3BatchOperations_CSV_20180820";
/** Of a manifest.json that names data files; which columns those have is said there. */
export const inventoryFormats = ["S3InventoryReport_CSV_20161130", "S3InventoryReport_CSV_20211130"] as const;
/** Ours: the failed tasks of the completion report whose manifest.json this is. */
export const reportFormat = "Report_CSV_20180820";

const specSchema = z.discriminatedUnion(
  "Format",
  [
    z.strictObject({ Format: z.literal(csvFormat), Fields: manifestFieldsSchema }),
    z.strictObject({ Format: z.enum(inventoryFormats), Fields: refused("An inventory says itself which fields it has: leave Fields out") }),
    z.strictObject({ Format: z.literal(reportFormat), Fields: refused("A completion report says itself which fields it has: leave Fields out") }),
  ],
  { error: `Longshore reads manifests of the formats ${[csvFormat, ...inventoryFormats, reportFormat].join(", ")}` },
);

export const manifestSchema = z.strictObject({ Spec: specSchema, Location: locationSchema });
export type JobManifest = z.infer<typeof manifestSchema>;
export type ManifestFormat = JobManifest["Spec"]["Format"];

/** What a job's manifest is, whatever release of its format. */
export type ManifestKind = "csv" | "inventory" | "report";
export const manifestKind = (format: ManifestFormat): ManifestKind => (format === csvFormat ? "csv" : format === reportFormat ? "report" : "inventory");

const keyParts = z.array(z.string().min(1, "must not be empty").max(1024, "has at most 1,024 characters").refine(isStorable, notStorable)).min(1).max(100);
const timestampSchema = z.iso.datetime({ offset: true, error: "must be a time, such as 2026-01-31T00:00:00Z" });
const sizeSchema = z.int("must be a whole number of bytes").min(0, "is 0 at least");
export const storageClasses = ["STANDARD", "STANDARD_IA", "ONEZONE_IA", "GLACIER", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"] as const;

export const replicationStatuses = ["COMPLETED", "FAILED", "REPLICA", "NONE"] as const;

const kmsFilter = z.strictObject({ KmsKeyArn: z.string().min(20).max(2048).optional(), BucketKeyEnabled: z.boolean().optional() }).optional();
const noMembers = z.strictObject({}).optional();
const encryptionFilterSchema = z
  .strictObject({ SSES3: noMembers, SSEKMS: kmsFilter, DSSEKMS: kmsFilter, SSEC: noMembers, NOTSSE: noMembers })
  .refine(
    (filter) => Object.values(filter).filter((member) => member !== undefined).length === 1,
    "Give exactly one of SSES3, SSEKMS, DSSEKMS, SSEC and NOTSSE",
  );
export type EncryptionFilter = z.infer<typeof encryptionFilterSchema>;

export const manifestFilterSchema = z
  .strictObject({
    KeyNameConstraint: z
      .strictObject({ MatchAnyPrefix: keyParts.optional(), MatchAnySuffix: keyParts.optional(), MatchAnySubstring: keyParts.optional() })
      .optional(),
    CreatedAfter: timestampSchema.optional(),
    CreatedBefore: timestampSchema.optional(),
    ObjectSizeGreaterThanBytes: sizeSchema.optional(),
    ObjectSizeLessThanBytes: sizeSchema.optional(),
    MatchAnyStorageClass: z.array(z.enum(storageClasses)).min(1).max(storageClasses.length).optional(),
    // What follows is asked of each object, since a list of the bucket does not tell it.
    /** By the rules of the bucket; false is no filter. */
    EligibleForReplication: z.boolean().optional(),
    ObjectReplicationStatuses: z.array(z.enum(replicationStatuses)).min(1).max(replicationStatuses.length).optional(),
    MatchAnyObjectEncryption: z.array(encryptionFilterSchema).min(1).max(10).optional(),
    /** Ours. A tag without a Value is one of any value. */
    MatchAnyTag: z
      .array(
        z.strictObject({
          Key: z.string().min(1).max(128).refine(isStorable, notStorable),
          Value: z.string().max(256).refine(isStorable, notStorable).optional(),
        }),
      )
      .min(1)
      .max(50)
      .optional(),
  })
  .superRefine((filter, check) => {
    const { CreatedAfter, CreatedBefore, ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below } = filter;
    if (CreatedAfter !== undefined && CreatedBefore !== undefined && Date.parse(CreatedAfter) >= Date.parse(CreatedBefore)) {
      check.addIssue({ code: "custom", path: ["CreatedBefore"], message: "must be later than CreatedAfter" });
    }
    if (above !== undefined && below !== undefined && above + 1 >= below) {
      check.addIssue({ code: "custom", path: ["ObjectSizeLessThanBytes"], message: "leaves no size between it and ObjectSizeGreaterThanBytes" });
    }
  });
export type ManifestFilter = z.infer<typeof manifestFilterSchema>;

const noOwner = "Longshore cannot check who owns a bucket: leave it out";

const outputSchema = z.strictObject({
  Bucket: bucketArnSchema,
  ManifestPrefix: z.string().min(1).max(512).refine(isStorable, notStorable).optional(),
  ManifestFormat: z.literal("S3InventoryReport_CSV_20211130"),
  ManifestEncryption: refused("Longshore writes a generated manifest with the bucket's own encryption: leave ManifestEncryption out"),
  ExpectedManifestBucketOwner: refused(noOwner),
});

export const manifestGeneratorSchema = z.strictObject({
  S3JobManifestGenerator: z
    .strictObject({
      SourceBucket: bucketArnSchema,
      ExpectedBucketOwner: refused(noOwner),
      EnableManifestOutput: z.boolean(),
      ManifestOutputLocation: outputSchema.optional(),
      Filter: manifestFilterSchema.optional(),
    })
    .superRefine((generator, check) => {
      if (generator.EnableManifestOutput && !generator.ManifestOutputLocation) {
        check.addIssue({ code: "custom", path: ["ManifestOutputLocation"], message: "Say where the generated manifest is to be kept" });
      }
    }),
});
export type JobManifestGenerator = z.infer<typeof manifestGeneratorSchema>;
export type S3ManifestGenerator = JobManifestGenerator["S3JobManifestGenerator"];

/** Where a generated manifest was kept. */
export type GeneratedManifestDescriptor = {
  Format: "S3InventoryReport_CSV_20211130";
  Location: { ObjectArn: string; ETag: string };
};
