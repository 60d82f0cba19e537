import { parseBucket } from "#lib/browse/s3-location.ts";
import type { Issue } from "#lib/errors.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import type { Field, Operation } from "#lib/operations/operation.ts";
import type { Tag } from "#lib/operations/tags.ts";

export interface MapRow {
  key: string;
  value: string;
}

export interface GrantRow {
  type: string;
  identifier: string;
  permission: string;
}

/** What a field holds while it is being filled in: text even for numbers and dates, rows for lists, all of it JSON. */
export type FormValue = string | boolean | Tag[] | MapRow[] | GrantRow[];

/** Values of an operation's form by the field's path. A field that nobody touched may be absent. */
export type FormValues = Record<string, FormValue>;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

export function valueAt(params: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), params);
}

function setAt(params: Json, path: string, value: unknown): void {
  const names = path.split(".");
  const last = names.pop() as string;
  let at = params;
  for (const name of names) {
    const inner = isObject(at[name]) ? at[name] : {};
    at[name] = inner;
    at = inner;
  }
  at[last] = value;
}

export const textOf = (values: FormValues, path: string): string => {
  const value = values[path];
  return typeof value === "string" ? value : "";
};

/** What stands on the lines of a text; empty ones are nobody's. */
export const linesOf = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== "");

/** The rows of a field that holds a list: the caller knows by the field's kind what they are. */
export const rowsOf = <Row>(values: FormValues, path: string): Row[] => {
  const value = values[path];
  return Array.isArray(value) ? (value as Row[]) : [];
};

export const isShown = (field: Field, values: FormValues): boolean => !field.showWhen || field.showWhen.in.includes(textOf(values, field.showWhen.path));

export function isFilled(field: Field, values: FormValues): boolean {
  const value = values[field.path];
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== "" && value !== false;
}

/** What an operation's form starts from. */
export function initialValues(operation: Operation): FormValues {
  const values: FormValues = {};
  for (const field of operation.fields) {
    const value = valueAt(operation.initial, field.path);
    if (typeof value === "string" || typeof value === "boolean" || Array.isArray(value)) values[field.path] = value;
  }
  return values;
}

/** The parameter of one field; undefined is an absent one. What cannot be read stays as typed, for the schema to refuse. */
function parameterOf(field: Field, values: FormValues): unknown {
  const text = textOf(values, field.path);
  switch (field.kind) {
    case "text":
    case "select":
    case "role":
    case "datetime":
      return text === "" ? undefined : text;
    case "number":
      return text.trim() === "" ? undefined : Number(text);
    case "lines": {
      const lines = linesOf(text);
      return lines.length === 0 ? undefined : lines;
    }
    case "bucket": {
      const bucket = parseBucket(text);
      return bucket === null ? text.trim() || undefined : bucketArn(bucket);
    }
    case "checkbox":
      return values[field.path] === true ? true : undefined;
    case "tags": {
      const tags = rowsOf<Tag>(values, field.path);
      return tags.length === 0 ? undefined : tags;
    }
    case "map": {
      const rows = rowsOf<MapRow>(values, field.path);
      return rows.length === 0 ? undefined : Object.fromEntries(rows.map((row) => [row.key, row.value]));
    }
    case "grants": {
      const grants = rowsOf<GrantRow>(values, field.path);
      if (grants.length === 0) return undefined;
      return grants.map((grant) => ({ Grantee: { TypeIdentifier: grant.type, Identifier: grant.identifier }, Permission: grant.permission }));
    }
  }
}

/** The operation's parameters as the request carries them: empty and hidden fields are absent. A required field stays, so that its own rule speaks. */
export function paramsOf(operation: Operation, values: FormValues): Json {
  const params: Json = {};
  for (const field of operation.fields) {
    if (!isShown(field, values)) continue;
    const parameter = parameterOf(field, values);
    if (parameter !== undefined) setAt(params, field.path, parameter);
    else if (field.required) setAt(params, field.path, "");
  }
  return params;
}

/**
 * What is wrong with the form before it can be a request: names that a map would swallow, buckets that are none, and times that have
 * passed. Paths are within the operation.
 */
export function formIssues(operation: Operation, values: FormValues, nowMs = Date.now()): Issue[] {
  return operation.fields
    .filter((field) => isShown(field, values))
    .flatMap((field): Issue[] => {
      if (field.kind === "bucket") {
        const text = textOf(values, field.path);
        return text.trim() !== "" && parseBucket(text) === null
          ? [{ path: field.path, message: "A bucket's name has 3 to 63 letters, digits, dots and hyphens" }]
          : [];
      }
      if (field.kind === "datetime" && field.future && Date.parse(textOf(values, field.path)) <= nowMs) {
        return [{ path: field.path, message: "This time has passed: choose a later one" }];
      }
      if (field.kind !== "map") return [];
      const keys = rowsOf<MapRow>(values, field.path).map((row) => (field.caseMatters ? row.key : row.key.toLowerCase()));
      return keys.flatMap((key, index) =>
        key === "" || keys.indexOf(key) !== index
          ? [{ path: `${field.path}#${index}`, message: key === "" ? "Give a key, or remove the row" : `The key "${key}" is there twice` }]
          : [],
      );
    });
}
