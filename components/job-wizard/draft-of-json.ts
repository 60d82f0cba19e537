import type { z } from "zod";
import type { RoleView } from "#lib/connections/connection-views.ts";
import type { Issue } from "#lib/errors.ts";
import { type CreateJobInput, createJobSchema } from "#lib/jobs/job-schema.ts";
import { csvFormat } from "#lib/jobs/manifest-schema.ts";
import { findOperation, operationNames } from "#lib/operations/registry.ts";
import type { Draft } from "./draft.ts";
import { type DraftSource, draftOfJob, leftOutOf } from "./draft-of-job.ts";

/** A draft, whose values may still be wrong at their fields; or why no form can be filled in from the JSON, at its paths. */
export type Imported = { draft: Draft; leftOut: string[]; problems: null } | { problems: Issue[] };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const one = (path: string, message: string): Imported => ({ problems: [{ path, message }] });

/**
 * Reads a CreateJob in JSON, as the wizard, the API and the AWS CLI write it. Its token stays behind, since the draft becomes a job of
 * its own; the connection is the one of its role.
 */
export function draftOfJson(text: string, roles: readonly RoleView[], token: string): Imported {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return one("", `This is not JSON: ${error instanceof Error ? error.message : "it cannot be read"}`);
  }
  if (!isObject(json)) return one("", "Paste one JSON object: a job as CreateJob takes it");
  const { AccountId: _account, ClientRequestToken: _token, ...given } = json;
  const operations = isObject(given.Operation) ? Object.keys(given.Operation) : [];
  const [name = ""] = operations;
  if (operations.length !== 1) return one("Operation", "must be an object with one operation, such as S3PutObjectTagging");
  if (!operationNames.includes(name)) return one("Operation", `Longshore has no operation ${name}`);
  const request = { Report: { Enabled: false }, Priority: 10, ConfirmationRequired: true, ...given, ClientRequestToken: token } as Json;
  const problems = malformed(request, name);
  if (problems.length > 0) return { problems };
  const { Manifest, ...rest } = request as unknown as CreateJobInput;
  const arn = typeof rest.RoleArn === "string" ? rest.RoleArn : "";
  const source = {
    definition: { ...rest, ...(Manifest && { Manifest: wholeManifest(Manifest) }), RoleArn: arn },
    description: rest.Description ?? "",
    priority: rest.Priority,
    tags: rest.Tags ?? [],
    connection: { id: roles.find((role) => role.arn === arn)?.connection.id ?? "", name: "", endpoint: "" },
    reportLocation: null,
  } as unknown as DraftSource;
  const draft = { ...draftOfJob(source, token), note: rest.Note ?? "" };
  return { draft, leftOut: leftOutOf(draft, source), problems: null };
}

/** What is missing of where the manifest is becomes an empty field. */
const wholeManifest = ({ Spec, Location }: Partial<NonNullable<CreateJobInput["Manifest"]>>): unknown => ({
  Spec: Spec ?? { Format: csvFormat },
  Location: { ObjectArn: "", ETag: "", ...Location },
});

/** What no field could hold: members that nobody knows, and values of another kind. What is missing, or only wrong, is a field's to tell. */
function malformed(request: Json, operation: string): Issue[] {
  const { Operation, ...rest } = request;
  const params = isObject(Operation) ? Operation[operation] : undefined;
  const own = findOperation(operation).schema.safeParse(params).error?.issues ?? [];
  const found = [
    ...own.map((issue) => ({ ...issue, path: ["Operation", operation, ...issue.path] })),
    ...(createJobSchema.safeParse(request).error?.issues ?? []).filter((issue) => issue.path[0] !== "Operation"),
  ];
  return found.filter((issue) => isMalformed(issue, { Operation, ...rest })).map((issue) => ({ path: issue.path.join("."), message: issue.message }));
}

const kinds = new Set<string>(["invalid_type", "unrecognized_keys", "invalid_union", "invalid_key", "invalid_element"]);

function isMalformed(issue: z.core.$ZodIssue, request: Json): boolean {
  if (!kinds.has(issue.code)) return false;
  const value = issue.path.reduce<unknown>((at, name) => (typeof at === "object" && at !== null ? (at as Json)[String(name)] : undefined), request);
  // A row of a list has all its parts, or is none.
  return value !== undefined || issue.path.some((name) => typeof name === "number");
}
