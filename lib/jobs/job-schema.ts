import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { jobOperationSchema } from "../operations/registry.ts";
import { tagSetSchema } from "../operations/tags.ts";
import { parseS3Arn } from "./arn.ts";

/** Shapes, names and limits are those of AWS's CreateJob (S3 Control, 2018-08-20). */

const notStorable = "has characters that are none (NUL, or half of one)";

const bucketArnSchema = z
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

export const manifestSchema = z.strictObject({
  Spec: z.strictObject({
    Format: z.literal("S3BatchOperations_CSV_20180820", "Longshore reads manifests of the format S3BatchOperations_CSV_20180820"),
    Fields: z
      .array(manifestFieldSchema)
      .max(20)
      .default(["Bucket", "Key"])
      .superRefine((fields, check) => {
        for (const name of ["Bucket", "Key"] as const) {
          if (fields.filter((field) => field === name).length !== 1) check.addIssue({ code: "custom", message: `The field ${name} must be there once` });
        }
        if (fields.filter((field) => field === "VersionId").length > 1) check.addIssue({ code: "custom", message: "The field VersionId may be there once" });
      }),
  }),
  Location: z.strictObject({
    ObjectArn: objectArnSchema,
    ObjectVersionId: z.string().min(1).max(2000).optional(),
    ETag: z
      .string()
      .min(1, "Look the manifest up, so that its ETag is known")
      .max(1024)
      .regex(/^[\x21-\x7e]*$/, "is not an ETag: it has printable ASCII characters only")
      .transform((etag) => etag.replace(/^"(.*)"$/, "$1")),
  }),
});
export type JobManifest = z.infer<typeof manifestSchema>;

export const reportSchema = z.discriminatedUnion("Enabled", [
  z.strictObject({ Enabled: z.literal(false) }),
  z.strictObject({
    Enabled: z.literal(true),
    Bucket: bucketArnSchema,
    Prefix: z.string().min(1).max(512).refine(isStorable, notStorable).optional(),
    Format: z.literal("Report_CSV_20180820").default("Report_CSV_20180820"),
    ReportScope: z.enum(["AllTasks", "FailedTasksOnly"]).default("AllTasks"),
  }),
]);
export type JobReport = z.infer<typeof reportSchema>;

export const prioritySchema = z.int("must be a whole number").min(0, "is 0 at least").max(2147483647, "is 2,147,483,647 at most");
export const statusUpdateReasonSchema = z.string().max(256, "has at most 256 characters").refine(isStorable, notStorable).optional();

export const createJobSchema = z.strictObject({
  Operation: jobOperationSchema,
  Manifest: manifestSchema,
  Report: reportSchema,
  Priority: prioritySchema,
  RoleArn: z
    .string()
    .min(1, "Choose an execution role")
    .max(2048)
    .regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "must be a role's ARN, such as arn:aws:iam::123456789012:role/name"),
  ClientRequestToken: z.string().min(1).max(64),
  Description: z.string().min(1).max(256, "has at most 256 characters").refine(isStorable, notStorable).optional(),
  Tags: tagSetSchema(50).optional(),
  ConfirmationRequired: z.boolean().default(true),
});
export type CreateJobInput = z.input<typeof createJobSchema>;
export type CreateJobRequest = z.output<typeof createJobSchema>;

/** What the job row keeps, what the digest covers and what the worker parses again before it runs. */
export const jobDefinitionSchema = createJobSchema.pick({ Operation: true, Manifest: true, Report: true, RoleArn: true });
export type JobDefinition = z.output<typeof jobDefinitionSchema>;

export const definitionOf = ({ Operation, Manifest, Report, RoleArn }: CreateJobRequest): JobDefinition => ({ Operation, Manifest, Report, RoleArn });
