import { expect, test } from "vitest";
import { byDay, changeInShort, changesOf, fieldWords, hrefOfTarget, shortValue } from "./entry-words.ts";

test.each<[string, Record<string, unknown> | null, Record<string, unknown> | null, string | null]>([
  ["a number", { priority: 10 }, { priority: 2000 }, "priority 10 → 2,000"],
  [
    "two fields",
    { status: "Active", pausedBy: null },
    { status: "Pausing", pausedBy: "ana@example.com" },
    "status Active → Pausing, paused by none → ana@example.com",
  ],
  ["what came with it is not told in short", { status: "Suspended" }, { status: "Ready", definitionDigest: "a".repeat(64) }, "status Suspended → Ready"],
  ["people", { confirmedBy: ["ana@example.com"] }, { confirmedBy: [] }, "confirmed by ana@example.com → none"],
  ["three fields", { a: 1, b: 1, c: 1 }, { a: 2, b: 2, c: 2 }, null],
  ["a long text", { name: "a" }, { name: "b".repeat(41) }, null],
  ["an object", { tags: [] }, { tags: [{ Key: "a", Value: "b" }] }, null],
  ["what is new", null, { priority: 1 }, null],
  ["what is gone", { priority: 1 }, null, null],
])("%s in short", (_what, before, after, expected) => expect(changeInShort({ before, after })).toBe(expected));

test("each field stands once, in the order in which they were written down", () => {
  expect(changesOf({ before: { b: 1, a: null }, after: { b: 2, c: 3 } })).toEqual([
    { name: "b", before: 1, after: 2 },
    { name: "a", before: null, after: undefined },
    { name: "c", before: undefined, after: 3 },
  ]);
});

test.each([
  ["maxRequestsPerSecond", "max requests per second"],
  ["secretAccessKey", "secret access key"],
  ["RoleArn", "role arn"],
  ["caCertificate", "ca certificate"],
  ["S3PutObjectTagging", "s3 put object tagging"],
])("%s reads %s", (name, words) => expect(fieldWords(name)).toBe(words));

test.each([
  [null, "none"],
  [true, "yes"],
  [1234, "1,234"],
  ["x".repeat(41), null],
  [{}, null],
  [["a", "b"], "a, b"],
  [["x".repeat(41)], null],
  [[{}], null],
])("%j is short as %s", (value, words) => expect(shortValue(value)).toBe(words));

test.each([
  ["job.confirm", "job", "/jobs/an%2Fid"],
  ["connection.update", "connection", "/connections/an%2Fid"],
  ["connection.delete", "connection", null],
  ["webhook.create", "webhook", null],
])("%s of a %s leads to %s", (action, type, href) => expect(hrefOfTarget({ action, target: { type, id: "an/id", name: null } })).toBe(href));

test("entries stand under their days", () => {
  // The first two are of one day in every zone.
  const entries = ["2026-03-04T12:01:30Z", "2026-03-04T12:00:30Z", "2026-03-01T12:00:00Z"].map((at) => ({ at }));
  expect(byDay(entries).map((day) => day.entries.length)).toEqual([2, 1]);
});
