import { parseBucket, parseObjectLocation } from "#lib/browse/s3-location.ts";
import type { RoleView } from "#lib/connections/connection-views.ts";
import type { Issue } from "#lib/errors.ts";
import { createJobSchema } from "#lib/jobs/job-schema.ts";
import { manifestFieldSchema } from "#lib/jobs/manifest-schema.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import { formIssues } from "../operation-form/form-values.ts";
import { type Draft, formOf, foundOf, type StepName, steps } from "./draft.ts";
import { draftToInput, manifestFields } from "./draft-to-input.ts";

/** The step where the part of the request at `path` is filled in. */
export function stepOf(path: string): StepName {
  const [part] = path.split(".");
  if (part === "Manifest" || part === "ManifestGenerator") return "manifest";
  if (part === "Operation") return "operation";
  return part === "Description" || part === "Priority" || part === "Report" || part === "RoleArn" || part === "Tags" ? "options" : "review";
}

/** The field that shows what is wrong at `path`: what is looked up rather than typed stands at what was typed. */
export function fieldOf(path: string): string {
  if (path === "Manifest" || path === "Manifest.Location" || path === "Manifest.Location.ETag") return "Manifest.Location.ObjectArn";
  // A part of a key stands on a line of its field, which says what is wrong with any of them.
  if (path.startsWith("ManifestGenerator.")) return path.replace(/\.\d+(\.\w+)?$/, "");
  if (path.startsWith("Manifest.Spec")) return "Manifest.Spec.Fields";
  return path;
}

/** Zod's own words where no rule has better ones. */
function inWords(message: string): string {
  const most = /^Too big: expected string to have <=(\d+) characters$/.exec(message)?.[1];
  if (most !== undefined) return `has at most ${Number(most).toLocaleString("en-US")} characters`;
  if (/^Too small: expected string/.test(message)) return "must not be empty";
  if (message.startsWith("Invalid option")) return "Choose one";
  if (message.startsWith("Invalid input: expected number")) return "must be a number";
  return message;
}

function schemaIssues(draft: Draft): Issue[] {
  const parsed = createJobSchema.safeParse(draftToInput(draft));
  return parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: inWords(issue.message) }));
}

/** What no request can say any more: the draft's own words for it stand in for the schema's. */
function draftIssues(draft: Draft): Issue[] {
  const { manifest, operation, options } = draft;
  const issues: Issue[] = [];
  const wrong = (path: string, message: string) => issues.push({ path, message });
  if (manifest.connectionId === "") wrong("Manifest.Connection", "Choose a connection");
  if (draft.source === "bucket") {
    const { bucket } = draft.selection;
    if (bucket.trim() !== "" && parseBucket(bucket) === null) {
      wrong("ManifestGenerator.S3JobManifestGenerator.SourceBucket", "A bucket's name has 3 to 63 letters, digits, dots and hyphens");
    }
  } else if (manifest.location.trim() !== "" && parseObjectLocation(manifest.location) === null) {
    wrong("Manifest.Location.ObjectArn", "Write the path as s3://bucket/key, or the object's ARN");
  } else if (manifest.location.trim() !== "" && foundOf(manifest) === null) {
    wrong("Manifest.Location.ObjectArn", "The manifest has not been found yet: it is looked up as soon as a connection and its path are there");
  }
  if (draft.source === "csv") {
    const unknown = manifestFields(manifest).find((name) => !manifestFieldSchema.options.includes(name));
    if (unknown !== undefined)
      wrong("Manifest.Spec.Fields", `${JSON.stringify(unknown)} is no column's name. Write Bucket, Key, VersionId or Ignore for each column`);
  }
  if (operation.name === "") wrong("Operation", "Choose what to do with the objects");
  else if (operationNames.includes(operation.name)) {
    for (const issue of formIssues(findOperation(operation.name), formOf(draft))) wrong(`Operation.${operation.name}.${issue.path}`, issue.message);
  }
  if (options.report && options.reportBucket.trim() !== "" && parseBucket(options.reportBucket) === null) {
    wrong("Report.Bucket", "A bucket's name has 3 to 63 letters, digits, dots and hyphens");
  }
  return issues;
}

/** Everything that keeps the draft from being a job, each at the field that shows it; a field says one thing at a time. */
export function issuesOf(draft: Draft): Issue[] {
  const issues: Issue[] = [];
  for (const { path, message } of [...draftIssues(draft), ...schemaIssues(draft)]) {
    const field = fieldOf(path);
    if (!issues.some((issue) => issue.path === field)) issues.push({ path: field, message });
  }
  return issues;
}

/** What a draft names that has been deleted since. Nothing is said while it is not known what there is. */
export function goneIssues(draft: Draft, connections: readonly { id: string }[] | undefined, roles: readonly RoleView[] | undefined): Issue[] {
  const { connectionId } = draft.manifest;
  const { roleArn } = draft.options;
  if (connectionId !== "" && connections && !connections.some((one) => one.id === connectionId)) {
    return [{ path: "Manifest.Connection", message: "The connection of this draft is no longer there. Choose another one" }];
  }
  if (connectionId === "" || roleArn === "" || !roles) return [];
  const role = roles.find((one) => one.arn === roleArn && one.connection.id === connectionId);
  if (role)
    return role.mayPass ? [] : [{ path: "RoleArn", message: "This role lists who may create jobs with it, and you are not on the list. Choose another one" }];
  return [{ path: "RoleArn", message: `This connection has no role ${roleArn} any more. Choose another one` }];
}

export const issuesOfStep = (issues: readonly Issue[], step: StepName): Issue[] => issues.filter((issue) => stepOf(issue.path) === step);

/** The farthest step that one may go to: no step before it has an issue. */
export function reachableStep(issues: readonly Issue[]): StepName {
  return steps.find((step) => issuesOfStep(issues, step).length > 0) ?? "review";
}

/** An issue that the server found, with the value it found it in. */
export interface ServerIssue extends Issue {
  value: string;
}

const valueAt = (draft: Draft, path: string): string =>
  JSON.stringify(
    path
      .split(".")
      .reduce<unknown>(
        (value, name) => (typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined),
        draftToInput(draft),
      ),
  ) ?? "";

export const toServerIssue = (draft: Draft, { path, message }: Issue): ServerIssue => ({ path, message, value: valueAt(draft, path) });

/** The server's issues that still stand: a value that was changed since is the server's to judge again. */
export const standingIssues = (draft: Draft, issues: readonly ServerIssue[]): Issue[] =>
  issues.filter((issue) => valueAt(draft, issue.path) === issue.value).map(({ path, message }) => ({ path: fieldOf(path), message }));
