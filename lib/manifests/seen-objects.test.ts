import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Task } from "../operations/operation.ts";
import { createSeenObjects } from "./seen-objects.ts";

const key = randomBytes(8);
const task = fc.record(
  { bucket: fc.constantFrom("b1x", "b2x"), key: fc.constantFrom("a", "b", "b\0c", "日本", "x".repeat(1_024)), versionId: fc.constantFrom("1", "null") },
  { requiredKeys: ["bucket", "key"] },
) as fc.Arbitrary<Task>;
const nameOf = ({ bucket, key: name, versionId }: Task) => JSON.stringify([bucket, name, versionId ?? ""]);

it("knows an object again, by its bucket, key and version", () => {
  fc.assert(
    fc.property(fc.array(task, { maxLength: 60 }), (tasks) => {
      const seen = createSeenObjects(100, key);
      const names = new Set<string>();
      for (const one of tasks) {
        expect(seen.add(one)).toBe(names.has(nameOf(one)));
        names.add(nameOf(one));
      }
    }),
  );
});

it("counts the same in parts as at once", () => {
  const tasks = Array.from({ length: 5_000 }, (_, index) => ({ bucket: "b1x", key: `key ${index % 4_000}` }));
  const countIn = (of: number) =>
    Array.from({ length: of }, (_, index) => createSeenObjects(4_000, key, { index, of }))
      .map((seen) => tasks.filter((one) => seen.add(one)).length)
      .reduce((sum, count) => sum + count, 0);
  expect(countIn(1)).toBe(1_000);
  expect(countIn(7)).toBe(1_000);
});

it("says so when it is given more than it has room for", () => {
  const seen = createSeenObjects(8, key);
  expect(() => Array.from({ length: 100 }, (_, index) => seen.add({ bucket: "b1x", key: `${index}` }))).toThrow(RangeError);
});
