import { expect, it } from "vitest";
import type { ManifestFilter } from "../jobs/manifest-schema.ts";
import { createFilter } from "./matches-filter.ts";

const object = { key: "photos/2026/a.jpg", size: 100, lastModifiedMs: Date.parse("2026-03-01T00:00:00Z"), storageClass: "STANDARD" };

it.each<[ManifestFilter, boolean]>([
  [{}, true],
  [{ KeyNameConstraint: { MatchAnySuffix: [".png", ".jpg"] } }, true],
  [{ KeyNameConstraint: { MatchAnySuffix: [".png"] } }, false],
  [{ KeyNameConstraint: { MatchAnySubstring: ["/2025/", "/2026/"] } }, true],
  [{ KeyNameConstraint: { MatchAnySubstring: ["/2025/"] } }, false],
  [{ KeyNameConstraint: { MatchAnySuffix: [".jpg"], MatchAnySubstring: ["/2025/"] } }, false],
  [{ CreatedAfter: "2026-02-28T23:59:59Z" }, true],
  [{ CreatedAfter: "2026-03-01T00:00:00Z" }, false],
  [{ CreatedAfter: "2026-03-01T00:30:00+01:00" }, true],
  [{ CreatedBefore: "2026-03-01T00:00:01Z" }, true],
  [{ CreatedBefore: "2026-03-01T00:00:00Z" }, false],
  [{ ObjectSizeGreaterThanBytes: 99 }, true],
  [{ ObjectSizeGreaterThanBytes: 100 }, false],
  [{ ObjectSizeLessThanBytes: 101 }, true],
  [{ ObjectSizeLessThanBytes: 100 }, false],
  [{ MatchAnyStorageClass: ["GLACIER", "STANDARD"] }, true],
  [{ MatchAnyStorageClass: ["GLACIER"] }, false],
])("%j takes the object: %s", (filter, taken) => {
  expect(createFilter(filter)(object)).toBe(taken);
});
