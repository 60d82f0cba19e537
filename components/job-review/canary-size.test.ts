import { describe, expect, it } from "vitest";
import { agreedObjects, canaryError, proposedCanary, runWords, tasksLeft } from "./canary-size.ts";

const job = (totalTasks: number, succeededTasks = 0, failedTasks = 0) => ({ totalTasks, succeededTasks, failedTasks });

it("counts what is left", () => expect(tasksLeft(job(1_000, 98, 2))).toBe(900));

it.each([
  [job(1_000_000), 100],
  [job(1_000), 100],
  [job(57), 5],
  [job(2), 1],
  [job(1_000, 940, 10), 5],
])("proposes a number that can be looked at: of %o, %i", (counts, proposed) => {
  expect(proposedCanary(counts)).toBe(proposed);
  expect(canaryError(String(proposed), counts)).toBeUndefined();
});

it.each([
  [{ first: false, again: false, objects: 12_345 }, "Run job on 12,345 objects"],
  [{ first: true, again: false, objects: 100 }, "Run the first 100 objects"],
  [{ first: true, again: true, objects: 1 }, "Run the next object"],
  [{ first: false, again: true, objects: 12_245 }, "Run the remaining 12,245 objects"],
])("says what runs: %o", (choice, words) => expect(runWords({ ...job(12_345), dryRun: false, confirmation: null }, choice)).toBe(words));

describe("where two people have to confirm", () => {
  const all = { first: false, again: false, objects: 12_345 };
  const by = (...canaries: (number | null)[]) => ({
    ...job(12_345),
    dryRun: false,
    confirmation: { needed: 2, given: canaries.map((canaryTasks) => ({ actor: "a", name: "A", at: "", canaryTasks, own: false })) },
  });

  it.each([
    ["the first", by(), all, "Confirm, as the first of two"],
    ["the first, of a canary", by(), { ...all, first: true, objects: 100 }, "Confirm the first 100 objects"],
    ["the second", by(null), all, "Run job on 12,345 objects"],
    ["the second, after a canary", by(100), all, "Run the first 100 objects"],
    ["the second, after a larger canary", by(100), { ...all, first: true, objects: 10 }, "Run the first 10 objects"],
  ])("%s says what comes of it", (_name, two, choice, words) => expect(runWords(two, choice)).toBe(words));

  it("no more is run than each of them has confirmed", () => {
    expect([by(), by(null), by(100), by(100_000)].map((two) => agreedObjects(two, 12_345))).toEqual([12_345, 12_345, 100, 12_345]);
  });
});

describe("what somebody typed", () => {
  it.each([
    ["1", job(10), undefined],
    ["9", job(10), undefined],
    ["10,000", job(20_000_000_000), undefined],
    ["10", job(10), "10 objects are left: run fewer first, or all at once"],
    ["5", job(10, 4, 2), "4 objects are left: run fewer first, or all at once"],
    ["0", job(10), "Type a number from 1 to 9"],
    ["", job(10), "Type a number from 1 to 9"],
    ["-3", job(10), "Type a number from 1 to 9"],
    ["ten", job(10), "Type a number from 1 to 9"],
    ["10001", job(20_000_000_000), "Type a number from 1 to 10,000"],
  ])("%j", (typed, counts, error) => expect(canaryError(typed, counts)).toBe(error));
});
