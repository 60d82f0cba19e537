import { expect, test } from "vitest";
import { bucketEntries, crumbsOf, objectEntries } from "./entries.ts";

test("folders of a prefix", () => {
  expect(crumbsOf("")).toEqual([]);
  expect(crumbsOf("a/b/")).toEqual([
    { name: "a", prefix: "a/" },
    { name: "b", prefix: "a/b/" },
  ]);
  expect(crumbsOf("a//")).toEqual([
    { name: "a", prefix: "a/" },
    { name: "", prefix: "a//" },
  ]);
});

test("entries are named within their folder, folders of all pages first, without the folder itself", () => {
  const pages = [
    { folders: ["a/x/"], objects: [{ key: "a/", size: 0, lastModified: null }], nextCursor: "1" },
    { folders: ["a/y/"], objects: [{ key: "a/1.csv", size: 5, lastModified: null }], nextCursor: null },
  ];
  expect(objectEntries(pages, "a/").map((entry) => [entry.kind, entry.name])).toEqual([
    ["folder", "x/"],
    ["folder", "y/"],
    ["object", "1.csv"],
  ]);
});

test("buckets are searched in any case", () => {
  const buckets = ["Photos", "reports"].map((name) => ({ name, createdAt: null }));
  expect(bucketEntries(buckets, " PHO ").map((entry) => entry.name)).toEqual(["Photos"]);
});
