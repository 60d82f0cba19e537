import type { z } from "zod";

/** One object that a job works on: a row of its manifest. */
export interface Task {
  bucket: string;
  key: string;
  versionId?: string | undefined;
}

/**
 * An S3 request before it is addressed and signed. Header names are in lower case; values are already legal.
 * Whoever sends it adds Content-MD5 to a body. `query`, `headers` and `body` are the same objects for every task of a job
 * where nothing in them differs: what was worked out for one task is then kept for the next.
 */
export interface TaskRequest {
  method: "PUT" | "POST" | "DELETE" | "HEAD" | "GET";
  bucket: string;
  key: string;
  /** Sent as the parameter versionId. */
  versionId?: string | undefined;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Headers that differ from task to task; `names` is one array for all of them. */
  taskHeaders?: { names: readonly string[]; values: readonly string[] };
  body: string;
}

/** How a form asks for one parameter. `path` is dotted within the operation's parameters. */
export interface Field {
  path: string;
  label: string;
  help?: string;
  kind: "text" | "bucket" | "select" | "checkbox" | "datetime" | "number" | "tags" | "map" | "grants";
  /** Heading the field stands under; fields of one section are next to each other. */
  section?: string;
  required?: boolean;
  placeholder?: string;
  options?: readonly { value: string; label: string }[];
  /** Shown only while the parameter at `path` has one of these values. */
  showWhen?: { path: string; in: readonly string[] };
}

export interface Permission {
  action: string;
  resource: string;
}

/** One entry of the registry: everything Longshore knows about an operation is in its file. */
export interface Operation<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** The member of AWS's JobOperation. */
  name: Name;
  title: string;
  summary: string;
  schema: Schema;
  fields: readonly Field[];
  /** What a new form starts from. */
  initial: unknown;
  /** A sentence for the reviewer, without the objects: "Replace all tags with team = data". */
  describe(params: z.infer<Schema>): string;
  /** What cannot be undone, for the reviewer; null when nothing is lost. */
  warning(params: z.infer<Schema>): string | null;
  /** What the execution role needs on the objects of `bucket`. */
  permissions(params: z.infer<Schema>, bucket: string): Permission[];
  /** Buckets besides the objects' own that must exist. */
  destinations(params: z.infer<Schema>): string[];
  /** Called once per job; the result is called once per task. */
  compile(params: z.infer<Schema>): (task: Task) => TaskRequest;
}

/** Keeps the schema's type while checking the definition. */
export const defineOperation = <Name extends string, Schema extends z.ZodType>(operation: Operation<Name, Schema>) => operation;
