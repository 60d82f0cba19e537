import { z } from "zod";
import { isStorable } from "../db/storable-text.ts";
import { irreversibleOf, type JobOperation, jobOperationSchema } from "../operations/registry.ts";
import { tagSetSchema } from "../operations/tags.ts";
import { commentSchema } from "./conversation.ts";
import { bucketArnSchema, manifestGeneratorSchema, manifestSchema, notStorable, type S3ManifestGenerator } from "./manifest-schema.ts";

/** Shapes, names and limits are those of AWS's CreateJob (S3 Control, 2018-08-20). */

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

const jobFields = z.strictObject({
  Operation: jobOperationSchema,
  Manifest: manifestSchema.optional(),
  ManifestGenerator: manifestGeneratorSchema.optional(),
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
  /** Ours: each task reads what it would change, and changes nothing. */
  DryRun: z.boolean().optional(),
  /** Ours: why this job is wanted. The first of the job's comments. */
  Note: commentSchema.optional(),
  /** Ours: a job that awaits confirmation, which is cancelled as this one is made. */
  Replaces: z.uuid("must be a job's id").optional(),
});
/** AWS: the objects are listed in a manifest, or a manifest is generated, and never both. */
function checkSource(job: { Manifest?: unknown; ManifestGenerator?: unknown }, check: z.RefinementCtx): void {
  if ((job.Manifest === undefined) === (job.ManifestGenerator === undefined)) {
    check.addIssue({ code: "custom", path: ["Manifest"], message: "Give either a Manifest or a ManifestGenerator" });
  }
}

/** What can never be undone is reviewed, whoever asks for it: those who may create jobs are not those who may confirm them. */
function checkReview(job: { ConfirmationRequired: boolean; Operation: JobOperation; DryRun?: boolean | undefined }, check: z.RefinementCtx): void {
  if (job.ConfirmationRequired || irreversibleOf(job) === null) return;
  const message = "must be true: what this job does can never be undone, so somebody has to review it and type the number of its objects";
  check.addIssue({ code: "custom", path: ["ConfirmationRequired"], message });
}

export const createJobSchema = jobFields.superRefine(checkSource).superRefine(checkReview);
export type CreateJobInput = z.input<typeof createJobSchema>;
export type CreateJobRequest = z.output<typeof createJobSchema>;

/** What the job row keeps, what the digest covers and what the worker parses again before it runs. */
export const jobDefinitionSchema = jobFields
  .pick({ Operation: true, Manifest: true, ManifestGenerator: true, Report: true, RoleArn: true, DryRun: true })
  .superRefine(checkSource);
export type JobDefinition = z.output<typeof jobDefinitionSchema>;

/** Only one of Manifest and ManifestGenerator is there, so a digest of a job with a manifest is what it was before there were generators. */
export const definitionOf = ({ Operation, Manifest, ManifestGenerator, Report, RoleArn, DryRun }: CreateJobRequest): JobDefinition => ({
  Operation,
  ...(Manifest && { Manifest }),
  ...(ManifestGenerator && { ManifestGenerator }),
  Report,
  RoleArn,
  ...(DryRun && { DryRun }),
});

/** Of a definition without a Manifest, which has this instead. */
export function generatorOf({ ManifestGenerator }: JobDefinition): S3ManifestGenerator {
  if (!ManifestGenerator) throw new Error("The definition has neither a Manifest nor a ManifestGenerator");
  return ManifestGenerator.S3JobManifestGenerator;
}
