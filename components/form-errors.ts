import type { FieldPath, FieldValues, UseFormSetError } from "react-hook-form";
import { ApiError } from "./api-client.ts";

/**
 * Puts what the API found wrong at the fields it names.
 * @returns the words for the form as a whole; null when fields say everything
 */
export function showApiError<Values extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Values>,
  fields: readonly FieldPath<Values>[],
): string | null {
  if (!(error instanceof ApiError)) throw error;
  const atFields = error.issues.filter((issue) => fields.some((field) => field === issue.path));
  for (const issue of atFields) setError(issue.path as FieldPath<Values>, { message: issue.message }, { shouldFocus: true });
  return atFields.length > 0 && atFields.length === error.issues.length ? null : error.message;
}
