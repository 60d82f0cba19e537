import type { JobDefinition } from "../jobs/job-schema.ts";
import type { ManifestField } from "./parse-row.ts";

/** Columns of the rows that a job's chunks are read from: a CSV's own, or those of the list that was written from something else. */
export const taskFieldsOf = ({ Manifest }: Pick<JobDefinition, "Manifest">): readonly ManifestField[] =>
  Manifest ? (Manifest.Spec.Fields ?? writtenFields) : listedFields;

/** Of lists that are written from a bucket's listing. */
export const listedFields = ["Bucket", "Key"] as const satisfies readonly ManifestField[];
/** Of lists that are written from an inventory or a report, where a row may have a version. */
export const writtenFields = ["Bucket", "Key", "OptionalVersionId"] as const satisfies readonly ManifestField[];
