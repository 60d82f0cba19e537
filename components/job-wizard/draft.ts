import { z } from "zod";
import { parseObjectLocation } from "#lib/browse/s3-location.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import type { FormValue, FormValues } from "../operation-form/form-values.ts";
import { initialValues } from "../operation-form/form-values.ts";
import { newSelection, selectionSchema } from "./selection.ts";

export const steps = ["manifest", "operation", "options", "review"] as const;
export type StepName = (typeof steps)[number];

const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));
const formValue = z.custom<FormValue>((value) => typeof value === "string" || typeof value === "boolean" || Array.isArray(value));

/** What the person typed, as typed: text even for numbers, nothing left out. */
export const draftSchema = z.object({
  /** The request's ClientRequestToken: a second press or a retry makes the same job. */
  token: z.string().min(1),
  /** Where the objects' list comes from: a manifest of some kind, or the objects of a bucket. The other one's fields keep what was typed. */
  source: z.enum(["csv", "inventory", "report", "bucket"]),
  selection: selectionSchema,
  manifest: z.object({
    connectionId: z.string(),
    location: z.string(),
    versionId: z.string(),
    withVersionIds: z.boolean(),
    /** Names of a CSV's columns, with commas between them; empty for the usual ones. */
    columns: z.string(),
    /** What S3 answered for `of`, see lookupOf. */
    found: z.object({ of: z.string(), etag: z.string(), versionId: z.string().nullable(), size: z.number(), lastModified: z.string().nullable() }).nullable(),
  }),
  operation: z.object({
    name: z.string(),
    /** One form for each operation, so that trying another one loses nothing. */
    forms: z.record(z.string(), z.record(z.string(), formValue)),
  }),
  /** Why the job is wanted, for whoever reviews it. */
  note: z.string().default(""),
  /** Id of a job that awaits confirmation, which is cancelled when this one is made. */
  replaces: z.string().nullable().default(null),
  options: z.object({
    description: z.string(),
    priority: z.string(),
    report: z.boolean(),
    reportBucket: z.string(),
    reportPrefix: z.string(),
    reportScope: z.enum(["AllTasks", "FailedTasksOnly"]),
    roleArn: z.string(),
    /** Of before there were dry runs: a job for real. */
    dryRun: z.boolean().default(false),
    tags,
  }),
});

export type Draft = z.infer<typeof draftSchema>;
export type ManifestDraft = Draft["manifest"];
export type OptionsDraft = Draft["options"];

export const newDraft = (token: string): Draft => ({
  token,
  source: "csv",
  selection: newSelection,
  manifest: { connectionId: "", location: "", versionId: "", withVersionIds: false, columns: "", found: null },
  operation: { name: "", forms: Object.fromEntries(operationNames.map((name) => [name, initialValues(findOperation(name))])) },
  note: "",
  replaces: null,
  options: { description: "", priority: "10", report: true, reportBucket: "", reportPrefix: "", reportScope: "AllTasks", roleArn: "", dryRun: false, tags: [] },
});

/** Whether somebody typed anything: the connection and role that were chosen by themselves do not count. */
export function isTouched(draft: Draft): boolean {
  const typed = (one: Draft) =>
    JSON.stringify([
      one.source,
      one.selection,
      one.manifest.location,
      one.manifest.versionId,
      one.manifest.withVersionIds,
      one.manifest.columns,
      one.operation,
      one.note,
      { ...one.options, roleArn: "" },
    ]);
  return typed(draft) !== typed(newDraft(draft.token));
}

export interface Lookup {
  connectionId: string;
  bucket: string;
  key: string;
  versionId: string | undefined;
  /** Names this question, so that an old answer is not taken for a new one's. */
  of: string;
}

/** What has to be asked of S3 about the manifest; null while it is not fully said. */
export function lookupOf(manifest: ManifestDraft): Lookup | null {
  const location = parseObjectLocation(manifest.location);
  if (manifest.connectionId === "" || location === null) return null;
  const versionId = manifest.versionId.trim() || undefined;
  return {
    connectionId: manifest.connectionId,
    ...location,
    versionId,
    of: JSON.stringify([manifest.connectionId, location.bucket, location.key, versionId ?? null]),
  };
}

/** What S3 answered about exactly the manifest that is typed now. */
export const foundOf = (manifest: ManifestDraft): ManifestDraft["found"] => (manifest.found?.of === lookupOf(manifest)?.of ? manifest.found : null);

export const formOf = (draft: Draft): FormValues => draft.operation.forms[draft.operation.name] ?? {};
