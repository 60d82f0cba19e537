import { AppError } from "../errors.ts";
import { errorsOf, type Preflight } from "./preflight.ts";

export interface Acknowledgement {
  /** `checkedAt` of the preflight whose errors were seen; null from AWS's clients, which show none. */
  acknowledgedPreflight: string | null | undefined;
}

/**
 * Nobody confirms a job that has not been checked, or in spite of errors that they have not seen.
 * @param preflight as the job's row keeps it
 * @returns for the timeline, what was confirmed in spite of; null where nothing was wrong
 * @throws AppError Conflict
 */
export function demandPreflight(preflight: unknown, { acknowledgedPreflight }: Acknowledgement): string | null {
  if (preflight === null) {
    throw new AppError("Conflict", "Longshore is still checking what this job needs. Its review shows what was found in a moment: confirm it then.");
  }
  const found = preflight as Preflight;
  const errors = errorsOf(found);
  if (errors.length === 0) return null;
  if (acknowledgedPreflight === found.checkedAt) return `in spite of ${errors.length === 1 ? "an error" : `${errors.length} errors`} of its checks`;
  if (acknowledgedPreflight) {
    throw new AppError("Conflict", "The job was checked again since you looked, and errors were found. Read the review again, and confirm in spite of those.");
  }
  const words = errors.map(({ message }) => message).join(" ");
  throw new AppError(
    "Conflict",
    `The checks of this job found errors: ${words} Mend them and have it checked again, or confirm it in the console in spite of them.`,
  );
}
