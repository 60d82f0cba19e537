import { s3Path } from "#lib/browse/s3-location.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { manifestKind } from "#lib/jobs/manifest-schema.ts";
import { operationOf } from "#lib/operations/registry.ts";
import { valuesOf } from "../operation-form/values-of.ts";
import { type Draft, type ManifestDraft, newDraft, type OptionsDraft } from "./draft.ts";
import { draftToInput } from "./draft-to-input.ts";
import { selectionOf } from "./selection.ts";

/** What a draft takes over of a job. */
export type DraftSource = Pick<JobDetails, "definition" | "description" | "priority" | "tags" | "connection" | "reportLocation">;

const maxDescription = 256;

/** A draft of the same job once more: its manifest is looked up again, as it is now. */
export function draftOfJob(job: DraftSource, token: string): Draft {
  const { Manifest, ManifestGenerator } = job.definition;
  const draft = { ...newDraft(token), operation: operationOfJob(job, token), options: optionsOf(job) };
  if (ManifestGenerator) {
    return {
      ...draft,
      source: "bucket",
      selection: selectionOf(ManifestGenerator.S3JobManifestGenerator),
      manifest: { ...draft.manifest, connectionId: job.connection.id },
    };
  }
  if (!Manifest) return draft;
  const { Spec, Location } = Manifest;
  const fields = Spec.Fields ?? [];
  const usual = ["Bucket,Key", "Bucket,Key,VersionId"].includes(fields.join());
  const manifest: ManifestDraft = {
    ...draft.manifest,
    connectionId: job.connection.id,
    location: pathOf(Location.ObjectArn),
    versionId: Location.ObjectVersionId ?? "",
    withVersionIds: usual && fields.includes("VersionId"),
    columns: usual ? "" : fields.join(", "),
  };
  return { ...draft, source: manifestKind(Spec.Format), manifest };
}

/** What a job was told, over the API, that the wizard has no field for, by paths: a draft of it does without, and a person is to know. */
export function leftOutOf(draft: Draft, { definition }: Pick<DraftSource, "definition">): string[] {
  const { Operation, ManifestGenerator } = draftToInput(draft);
  const { operation, params } = operationOf(definition.Operation);
  const form = Operation[operation.name as keyof typeof Operation];
  const parsed = operation.schema.safeParse(form);
  const kept = new Set([...pathsIn(parsed.success ? parsed.data : form), ...pathsIn(ManifestGenerator)]);
  const listed = draft.source === "bucket" ? pathsIn(definition.ManifestGenerator) : [];
  return [...pathsIn(params), ...listed].filter((path) => !kept.has(path));
}

/** Where there is a value, as in "AccessControlGrants.0.Permission". */
const pathsIn = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, path === "" ? name : `${path}.${name}`))
    : value === undefined
      ? []
      : [path];

/** A draft that does the same to the objects whose tasks failed. @returns null where there is no report to read them from */
export function retryOfJob(job: DraftSource, token: string): Draft | null {
  if (job.reportLocation === null) return null;
  const draft = draftOfJob(job, token);
  const description = job.description === "" ? "" : `Failed tasks of: ${job.description}`.slice(0, maxDescription);
  return {
    ...draft,
    source: "report",
    manifest: { ...newDraft(token).manifest, connectionId: job.connection.id, location: job.reportLocation },
    options: { ...draft.options, description },
  };
}

function operationOfJob({ definition }: DraftSource, token: string): Draft["operation"] {
  const { operation, params } = operationOf(definition.Operation);
  const { forms } = newDraft(token).operation;
  return { name: operation.name, forms: { ...forms, [operation.name]: valuesOf(operation, params) } };
}

function optionsOf({ definition, description, priority, tags }: DraftSource): OptionsDraft {
  const { Report, RoleArn, DryRun } = definition;
  return {
    ...newDraft("-").options,
    description,
    priority: String(priority),
    report: Report.Enabled,
    ...(Report.Enabled && { reportBucket: parseS3Arn(Report.Bucket)?.bucket ?? "", reportPrefix: Report.Prefix ?? "", reportScope: Report.ReportScope }),
    roleArn: RoleArn,
    dryRun: DryRun ?? false,
    tags: [...tags],
  };
}

const pathOf = (arn: string): string => {
  const parsed = parseS3Arn(arn);
  return parsed?.key === undefined ? arn : s3Path(parsed.bucket, parsed.key);
};
