import { parseS3Arn } from "#lib/jobs/arn.ts";
import type { Field, Operation } from "#lib/operations/operation.ts";
import { type FormValue, type FormValues, initialValues, valueAt } from "./form-values.ts";

/** The form's values that make these parameters: what paramsOf does, the other way round. */
export function valuesOf(operation: Operation, params: unknown): FormValues {
  const values: FormValues = initialValues(operation);
  for (const field of operation.fields) {
    const value = formValueOf(field, valueAt(params, field.path));
    if (value !== undefined) values[field.path] = value;
    else delete values[field.path];
  }
  return values;
}

interface Grant {
  Grantee?: { TypeIdentifier?: string; Identifier?: string };
  Permission?: string;
}

function formValueOf(field: Field, parameter: unknown): FormValue | undefined {
  if (parameter === undefined || parameter === null) return undefined;
  switch (field.kind) {
    case "bucket":
      return parseS3Arn(String(parameter))?.bucket ?? String(parameter);
    case "checkbox":
      return parameter === true;
    case "tags":
      return parameter as FormValue;
    case "map":
      return Object.entries(parameter as Record<string, string>).map(([key, value]) => ({ key, value }));
    case "grants":
      return (parameter as Grant[]).map(({ Grantee, Permission = "" }) => ({
        type: Grantee?.TypeIdentifier ?? "",
        identifier: Grantee?.Identifier ?? "",
        permission: Permission,
      }));
    default:
      return String(parameter);
  }
}
