import type { ManifestFilter } from "../jobs/manifest-schema.ts";
import type { ListedObject } from "./list-in-parallel.ts";

/** @returns whether a listed object is among those that a generated manifest is to name; its prefixes are the listing's to ask for */
export function createFilter(filter: ManifestFilter): (object: ListedObject) => boolean {
  const { MatchAnySuffix: suffixes, MatchAnySubstring: parts } = filter.KeyNameConstraint ?? {};
  const { ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below } = filter;
  const after = filter.CreatedAfter === undefined ? undefined : Date.parse(filter.CreatedAfter);
  const before = filter.CreatedBefore === undefined ? undefined : Date.parse(filter.CreatedBefore);
  const classes = filter.MatchAnyStorageClass && new Set<string>(filter.MatchAnyStorageClass);
  return ({ key, size, lastModifiedMs, storageClass }) =>
    (suffixes === undefined || suffixes.some((suffix) => key.endsWith(suffix))) &&
    (parts === undefined || parts.some((part) => key.includes(part))) &&
    (after === undefined || lastModifiedMs > after) &&
    (before === undefined || lastModifiedMs < before) &&
    (above === undefined || size > above) &&
    (below === undefined || size < below) &&
    (classes === undefined || classes.has(storageClass));
}
