import { describe, expect, it, test } from "vitest";
import { type ConfirmationRules, confirmersNeeded, isBarred, mustWait, noRules, peopleNeeded, type RuledJob, whyTwo } from "./rules.ts";

const job: RuledJob = { createdById: "ada", dryRun: false, irreversible: false, totalTasks: 100 };
const a: ConfirmationRules = { ...noRules, notByCreator: true };
const b: ConfirmationRules = { ...noRules, twoForIrreversible: true };
const c: ConfirmationRules = { ...noRules, twoForObjectsOver: 100 };
const all: ConfirmationRules = { notByCreator: true, twoForIrreversible: true, twoForObjectsOver: 100 };

/** Rules, what is special about the job, how many people, whether its creator is barred, whether it always waits. */
const table: [string, ConfirmationRules, Partial<RuledJob>, 1 | 2, boolean, boolean][] = [
  ["nothing asked, plain", noRules, {}, 1, false, false],
  ["nothing asked, irreversible", noRules, { irreversible: true }, 1, false, false],
  ["not by its creator, plain", a, {}, 1, true, true],
  ["not by its creator, irreversible", a, { irreversible: true }, 1, true, true],
  ["not by its creator, who has left", a, { createdById: null }, 1, false, true],
  ["two for what cannot be undone, plain", b, {}, 1, false, false],
  ["two for what cannot be undone, irreversible", b, { irreversible: true }, 2, false, true],
  ["two over 100 objects, of 100", c, {}, 1, false, false],
  ["two over 100 objects, of 101", c, { totalTasks: 101 }, 2, false, true],
  ["two over 100 objects, irreversible of 1", c, { irreversible: true, totalTasks: 1 }, 1, false, false],
  ["two over no object at all", { ...noRules, twoForObjectsOver: 0 }, { totalTasks: 1 }, 2, false, true],
  ["all of it, irreversible of 101", all, { irreversible: true, totalTasks: 101 }, 2, true, true],
  ["all of it, a dry run", all, { dryRun: true, irreversible: true, totalTasks: 101 }, 1, false, false],
];
test.each(table)("%s", (_name, rules, special, needed, barred, waits) => {
  const one = { ...job, ...special };
  expect(confirmersNeeded(rules, one)).toBe(needed);
  expect(isBarred(rules, one, "ada")).toBe(barred);
  expect(isBarred(rules, one, "bob")).toBe(false);
  expect(isBarred(rules, one, null)).toBe(false);
  expect(mustWait(rules, one)).toBe(waits);
  expect(whyTwo(rules, one) !== null).toBe(needed === 2);
});

describe("so many people are needed", () => {
  it.each([
    [1, noRules],
    [2, a],
    [2, b],
    [2, c],
    [3, all],
  ])("%i", (people, rules) => {
    expect(peopleNeeded(rules)).toBe(people);
  });
});

it("says why there have to be two", () => {
  expect(whyTwo(c, { ...job, totalTasks: 12_345 })).toBe("The confirmation policy asks for two people where a job has more than 100 objects.");
  expect(whyTwo(all, { ...job, irreversible: true })).toContain("where nothing can be undone");
});
