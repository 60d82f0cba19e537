import type { EncryptionFilter, S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";
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
    Filter.ObjectReplicationStatuses && { label: "Replication status", values: Filter.ObjectReplicationStatuses },
    Filter.MatchAnyObjectEncryption && { label: "Encryption", values: Filter.MatchAnyObjectEncryption.map(encryptionWords) },
    Filter.EligibleForReplication ? { label: "Replication", values: ["Eligible by the bucket's rules"] } : undefined,
    Filter.MatchAnyTag && {
      label: "Tags",
      values: Filter.MatchAnyTag.map(({ Key, Value }) => (Value === undefined ? `${Key} (any value)` : `${Key} = ${Value}`)),
    },
    Filter.MatchAnyStorageClass && { label: "Storage class", values: Filter.MatchAnyStorageClass },
  ];
  return rows.filter((row) => row !== undefined);
}

function encryptionWords({ SSES3, SSEKMS, DSSEKMS, SSEC }: EncryptionFilter): string {
  const kms = SSEKMS ?? DSSEKMS;
  if (!kms) return SSES3 ? "SSE-S3" : SSEC ? "SSE-C" : "None";
  const bucketKey = kms.BucketKeyEnabled === undefined ? "" : kms.BucketKeyEnabled ? ", with a bucket key" : ", without a bucket key";
  return `${SSEKMS ? "SSE-KMS" : "DSSE-KMS"}${kms.KmsKeyArn === undefined ? "" : ` by ${kms.KmsKeyArn}`}${bucketKey}`;
}
