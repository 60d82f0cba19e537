import type { S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
import { formatBytes } from "./ui/number.tsx";

/** One condition of a generated manifest: an object has to meet each of them, by any of its values. */
export interface SelectionRow {
  label: string;
  values: string[];
  /** The values are times, in ISO 8601. */
  time?: true;
}

/** What a generated manifest selects, in words; empty when it takes every object of the bucket. */
export function selectionRows({ Filter = {} }: Pick<S3ManifestGenerator, "Filter">): SelectionRow[] {
  const { KeyNameConstraint: keys = {}, ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below } = Filter;
  const rows: (SelectionRow | undefined)[] = [
    keys.MatchAnyPrefix && { label: "Keys that begin with", values: keys.MatchAnyPrefix },
    keys.MatchAnySuffix && { label: "Keys that end with", values: keys.MatchAnySuffix },
    keys.MatchAnySubstring && { label: "Keys that contain", values: keys.MatchAnySubstring },
    Filter.CreatedAfter === undefined ? undefined : { label: "Last modified after", values: [Filter.CreatedAfter], time: true },
    Filter.CreatedBefore === undefined ? undefined : { label: "Last modified before", values: [Filter.CreatedBefore], time: true },
    above === undefined ? undefined : { label: "Larger than", values: [formatBytes(above)] },
    below === undefined ? undefined : { label: "Smaller than", values: [formatBytes(below)] },
    Filter.MatchAnyStorageClass && { label: "Storage class", values: Filter.MatchAnyStorageClass },
  ];
  return rows.filter((row) => row !== undefined);
}
