import { parseBucket, toObjectArn } from "#lib/browse/s3-location.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { csvFormat, inventoryFormats, type ManifestKind, reportFormat } from "#lib/jobs/manifest-schema.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { paramsOf } from "../operation-form/form-values.ts";
import { type Draft, formOf, foundOf, type ManifestDraft } from "./draft.ts";
import { generatorOf } from "./selection.ts";

type Fields = NonNullable<Extract<NonNullable<CreateJobInput["Manifest"]>["Spec"], { Format: typeof csvFormat }>["Fields"]>;

/** A CSV's columns, in their order; what is no column's name stays as typed, for the schema to refuse. */
export function manifestFields({ columns, withVersionIds }: ManifestDraft): Fields {
  if (columns.trim() !== "") return columns.split(",").map((name) => name.trim()) as Fields;
  return withVersionIds ? ["Bucket", "Key", "VersionId"] : ["Bucket", "Key"];
}

/** A draft that wants a manifest says of which kind. */
export const kindOf = ({ source }: Pick<Draft, "source">): ManifestKind => (source === "bucket" ? "csv" : source);

const toBucketArn = (text: string): string => {
  const bucket = parseBucket(text);
  return bucket === null ? text.trim() : bucketArn(bucket);
};

function specOf(kind: ManifestKind, manifest: ManifestDraft): NonNullable<CreateJobInput["Manifest"]>["Spec"] {
  if (kind === "csv") return { Format: csvFormat, Fields: manifestFields(manifest) };
  return { Format: kind === "report" ? reportFormat : inventoryFormats[0] };
}

function manifestOf(kind: ManifestKind, manifest: ManifestDraft): NonNullable<CreateJobInput["Manifest"]> {
  const found = foundOf(manifest);
  const versionId = manifest.versionId.trim() || found?.versionId;
  return {
    Spec: specOf(kind, manifest),
    Location: { ObjectArn: toObjectArn(manifest.location), ETag: found?.etag ?? "", ...(versionId && { ObjectVersionId: versionId }) },
  };
}

/**
 * The request that a draft stands for. What is empty is absent; what cannot be right stays as typed, for the request's schema to refuse.
 * The version of the manifest that was looked up is pinned, so that what was previewed is what runs.
 */
export function draftToInput(draft: Draft): CreateJobInput {
  const { manifest, operation, options } = draft;
  return {
    Operation: operationNames.includes(operation.name) ? { [operation.name]: paramsOf(findOperation(operation.name), formOf(draft)) } : {},
    ...(draft.source === "bucket" ? { ManifestGenerator: generatorOf(draft.selection) } : { Manifest: manifestOf(kindOf(draft), manifest) }),
    Report: options.report
      ? {
          Enabled: true,
          Bucket: toBucketArn(options.reportBucket),
          ...(options.reportPrefix !== "" && { Prefix: options.reportPrefix }),
          Format: "Report_CSV_20180820",
          ReportScope: options.reportScope,
        }
      : { Enabled: false },
    Priority: options.priority.trim() === "" ? Number.NaN : Number(options.priority),
    RoleArn: options.roleArn,
    ClientRequestToken: draft.token,
    ...(options.description.trim() !== "" && { Description: options.description.trim() }),
    ...(options.tags.length > 0 && { Tags: options.tags }),
    ConfirmationRequired: true,
    ...(options.dryRun && { DryRun: true }),
    ...(draft.note.trim() !== "" && { Note: draft.note.trim() }),
    ...(draft.replaces !== null && { Replaces: draft.replaces }),
  };
}
