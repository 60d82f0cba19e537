import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareKeys } from "./key-space.ts";
import { type ListedObject, type ListObjects, listInParallel, withoutNested } from "./list-in-parallel.ts";

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const object = (key: string): ListedObject => ({ key, size: 1, lastModifiedMs: 0, storageClass: "STANDARD" });

/** A bucket in memory. Answers come in an order of the schedule's own. */
function bucketOf(keys: readonly string[], turn: () => Promise<void> = async () => undefined): { list: ListObjects; requests: () => number } {
  const sorted = [...keys].sort(byBytes);
  let requests = 0;
  return {
    requests: () => requests,
    list: async ({ prefix, after, maxKeys }) => {
      requests += 1;
      await turn();
      const found = sorted.filter((key) => key.startsWith(prefix) && (after === undefined || byBytes(key, after) > 0));
      return { objects: found.slice(0, maxKeys).map(object), more: found.length > maxKeys };
    },
  };
}

async function listAll(list: ListObjects, prefixes: string[], listers: number, pageSize: number): Promise<string[]> {
  const keys: string[] = [];
  await listInParallel({ list, prefixes, listers, pageSize, onPage: async (page) => void keys.push(...page.map((one) => one.key)) });
  return keys.sort(byBytes);
}

const part = fc.constantFrom("a", "b", "z", "/", "0", "1", "9", " ", "é", "日", "\uffff", "\u{10000}", "🚢", "\u{10ffff}", "\ud7ff", "\ue000", "\u0001");
const key = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const numbered = fc.record({ folder: fc.constantFrom("", "a/", "logs/2026/", "日/"), count: fc.integer({ min: 1, max: 120 }) });
const someKeys = fc
  .tuple(fc.array(key, { maxLength: 60 }), fc.array(numbered, { maxLength: 3 }))
  .map(([odd, series]) => [
    ...new Set([...odd, ...series.flatMap(({ folder, count }) => Array.from({ length: count }, (_, index) => `${folder}${String(index).padStart(5, "0")}`))]),
  ]);

describe("listing in parallel", () => {
  it("gives every key once, whatever the keys and the order of the answers", async () => {
    await fc.assert(
      fc.asyncProperty(
        someKeys,
        fc.constantFrom<string[]>([""], ["a"], ["logs/", "日"]),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 12 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 4 })),
        async (keys, prefixes, listers, pageSize, turns) => {
          const turn = async () => {
            for (let left = turns.next().value ?? 0; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
          };
          const expected = keys.filter((one) => prefixes.some((prefix) => one.startsWith(prefix))).sort(byBytes);
          expect(await listAll(bucketOf(keys, turn).list, prefixes, listers, pageSize)).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each<[string, (index: number) => string]>([
    ["numbers in one folder", (index) => `customers/2026/region-eu/${String(index).padStart(9, "0")}/photo.jpeg`],
    ["dates in folders", (index) => `logs/2026/${String(1 + (index % 12)).padStart(2, "0")}/${index}.gz`],
    ["hashes", (index) => `${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0")}.bin`],
    ["one long name before all numbers", (index) => `${"x".repeat(200)}${index}`],
  ])("takes a fraction of the rounds for %s", async (_name, keyOf) => {
    const keys = Array.from({ length: 20_000 }, (_, index) => keyOf(index));
    const sorted = [...keys].sort(byBytes);
    // All requests of a round are answered at once: rounds stand for the time that latency takes.
    let rounds = 0;
    let due: (() => void)[] = [];
    const tick = () => {
      if (due.length === 0) return;
      const now = due;
      due = [];
      rounds += 1;
      for (const one of now) one();
    };
    const list: ListObjects = async ({ prefix, after, maxKeys }) => {
      await new Promise<void>((resolve) => {
        due.push(resolve);
        if (due.length === 1) setImmediate(() => setImmediate(tick));
      });
      let [from, to] = [0, sorted.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if (after !== undefined && byBytes(sorted[middle] as string, after) <= 0) from = middle + 1;
        else to = middle;
      }
      const page = sorted.slice(from, from + maxKeys).filter((one) => one.startsWith(prefix));
      return { objects: page.map(object), more: from + maxKeys < sorted.length };
    };
    expect(await listAll(list, [""], 16, 50)).toEqual(sorted);
    // One page after the other takes 400.
    expect(rounds).toBeLessThan(70);
  });

  it("fails instead of missing keys where the store does not begin where it is told to", async () => {
    const list: ListObjects = async () => ({ objects: [object("a"), object("b")], more: true });
    await expect(listAll(list, [""], 4, 2)).rejects.toMatchObject({ code: "ListingUnreliable" });
  });

  it("ends with the error of any of its requests", async () => {
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    const { list } = bucketOf(keys);
    let left = 7;
    const failing: ListObjects = async (query) => {
      left -= 1;
      if (left === 0) throw new Error("away");
      return list(query);
    };
    await expect(listAll(failing, [""], 4, 3)).rejects.toThrow("away");
  });
});

it("compares keys as S3 does, by their bytes", () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(byBytes(a, b));
    }),
  );
});

it("leaves out prefixes that another one covers", () => {
  expect(withoutNested(["b/", "a", "a/b", "b/", "日"])).toEqual(["a", "b/", "日"]);
  expect(withoutNested(["", "a"])).toEqual([""]);
});
