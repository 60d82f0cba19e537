import { z } from "zod";
import { parseBucket } from "#lib/browse/s3-location.ts";
import { bucketArn } from "#lib/jobs/arn.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import type { S3ManifestGenerator } from "#lib/jobs/manifest-schema.ts";

/** What the person typed about the objects of a bucket, as typed; parts of keys stand one on a line. */
export const selectionSchema = z.object({
  bucket: z.string(),
  prefixes: z.string(),
  suffixes: z.string(),
  substrings: z.string(),
  /** ISO 8601, or empty. */
  after: z.string(),
  before: z.string(),
  /** Bytes. */
  largerThan: z.string(),
  smallerThan: z.string(),
  storageClasses: z.array(z.string()),
  replicationStatuses: z.array(z.string()),
  /** As the request has them. */
  encryptions: z.array(z.record(z.string(), z.unknown())),
  /** One on a line: `key=value`, or a key alone for any value. */
  tags: z.string(),
  /** "yes", or empty. */
  eligible: z.string(),
});
export type Selection = z.infer<typeof selectionSchema>;

export const newSelection: Selection = {
  bucket: "",
  prefixes: "",
  suffixes: "",
  substrings: "",
  after: "",
  before: "",
  largerThan: "",
  smallerThan: "",
  storageClasses: [],
  replicationStatuses: [],
  encryptions: [],
  tags: "",
  eligible: "",
};

/** Whether something is said that is folded away at first. */
export const hasMoreFilters = ({ bucket: _, prefixes: __, ...more }: Selection): boolean => Object.values(more).some((value) => value.length > 0);

type Generator = NonNullable<CreateJobInput["ManifestGenerator"]>;
type Filter = NonNullable<Generator["S3JobManifestGenerator"]["Filter"]>;

/** A key may begin or end with spaces, so lines stay as they are. */
const lines = (text: string): string[] | undefined => {
  const some = text.split(/\r?\n/).filter((line) => line !== "");
  return some.length > 0 ? some : undefined;
};
const bytes = (text: string): number | undefined => (text.trim() === "" ? undefined : Number(text.trim().replaceAll(",", "")));

/** What the selection asks of an object; what is empty is absent. */
export function filterOf(selection: Selection): Filter {
  const keys = without({
    MatchAnyPrefix: lines(selection.prefixes),
    MatchAnySuffix: lines(selection.suffixes),
    MatchAnySubstring: lines(selection.substrings),
  });
  return without({
    KeyNameConstraint: Object.keys(keys).length > 0 ? keys : undefined,
    CreatedAfter: selection.after || undefined,
    CreatedBefore: selection.before || undefined,
    ObjectSizeGreaterThanBytes: bytes(selection.largerThan),
    ObjectSizeLessThanBytes: bytes(selection.smallerThan),
    MatchAnyStorageClass: selection.storageClasses.length > 0 ? selection.storageClasses : undefined,
    ObjectReplicationStatuses: selection.replicationStatuses.length > 0 ? selection.replicationStatuses : undefined,
    MatchAnyObjectEncryption: selection.encryptions.length > 0 ? selection.encryptions : undefined,
    EligibleForReplication: selection.eligible === "yes" ? true : undefined,
    MatchAnyTag: lines(selection.tags)?.map(tagOf),
  }) as Filter;
}

function tagOf(line: string): { Key: string; Value?: string } {
  const at = line.indexOf("=");
  return at < 0 ? { Key: line.trim() } : { Key: line.slice(0, at).trim(), Value: line.slice(at + 1).trim() };
}

const without = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;

export function generatorOf(selection: Selection): Generator {
  const bucket = parseBucket(selection.bucket);
  const filter = filterOf(selection);
  return {
    S3JobManifestGenerator: {
      SourceBucket: bucket === null ? selection.bucket.trim() : bucketArn(bucket),
      EnableManifestOutput: false,
      ...(Object.keys(filter).length > 0 && { Filter: filter }),
    },
  };
}

/** The selection that makes this generator: what generatorOf does, the other way round. */
export function selectionOf({ SourceBucket, Filter = {} }: S3ManifestGenerator): Selection {
  const { KeyNameConstraint: keys = {}, ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below } = Filter;
  return {
    bucket: parseBucket(SourceBucket) ?? SourceBucket,
    prefixes: (keys.MatchAnyPrefix ?? []).join("\n"),
    suffixes: (keys.MatchAnySuffix ?? []).join("\n"),
    substrings: (keys.MatchAnySubstring ?? []).join("\n"),
    after: Filter.CreatedAfter ?? "",
    before: Filter.CreatedBefore ?? "",
    largerThan: above === undefined ? "" : String(above),
    smallerThan: below === undefined ? "" : String(below),
    storageClasses: [...(Filter.MatchAnyStorageClass ?? [])],
    replicationStatuses: [...(Filter.ObjectReplicationStatuses ?? [])],
    encryptions: [...(Filter.MatchAnyObjectEncryption ?? [])],
    tags: (Filter.MatchAnyTag ?? []).map(({ Key, Value }) => (Value === undefined ? Key : `${Key}=${Value}`)).join("\n"),
    eligible: Filter.EligibleForReplication ? "yes" : "",
  };
}
