import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { Field } from "#lib/operations/operation.ts";

export interface ParameterRow {
  section: string | null;
  label: string;
  kind: Field["kind"];
  /** One text per line; a list or a map has several. Hostile until shown by SafeText. */
  lines: string[];
}

const at = (params: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), params);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const pair = (key: unknown, value: unknown): string => `${String(key)} = ${value === "" ? "(empty)" : String(value)}`;

function linesOf(field: Field, value: unknown): string[] {
  if (field.kind === "tags" && Array.isArray(value)) return value.length === 0 ? ["None"] : value.map((tag) => pair(at(tag, "Key"), at(tag, "Value")));
  if (field.kind === "grants" && Array.isArray(value)) {
    return value.map(
      (grant) => `${String(at(grant, "Permission"))} to ${String(at(grant, "Grantee.TypeIdentifier"))} ${String(at(grant, "Grantee.Identifier"))}`,
    );
  }
  if (field.kind === "map" && isRecord(value)) return Object.entries(value).map(([key, text]) => pair(key, text));
  if (field.kind === "lines" && Array.isArray(value)) return value.map(String);
  if (field.kind === "checkbox") return [value ? "Yes" : "No"];
  if (field.kind === "bucket") return [parseS3Arn(String(value))?.bucket ?? String(value)];
  if (field.kind === "select") return [field.options?.find((option) => option.value === value)?.label ?? String(value)];
  return [typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value)];
}

/** What the operation's own form fields say about its parameters; parameters that were not given have no row. */
export function parameterRows(fields: readonly Field[], params: unknown): ParameterRow[] {
  return fields.flatMap((field) => {
    const value = at(params, field.path);
    if (value === undefined) return [];
    const lines = linesOf(field, value);
    return lines.length === 0
      ? []
      : [
          {
            section: field.section ?? null,
            label: field.label,
            kind: field.kind,
            lines,
          },
        ];
  });
}
