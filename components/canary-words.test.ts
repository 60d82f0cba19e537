import { describe, expect, it } from "vitest";
import { canaryMeaning, firstOf, sampleWords } from "./canary-words.ts";

const job = { canary: { until: 100, awaitsDecision: false }, status: "Active", totalTasks: 12_345, succeededTasks: 0, failedTasks: 0 } as const;

it("names the first objects", () => {
  expect(firstOf(job, 1_000)).toBe("The first 1,000 of 12,345 objects");
  expect(firstOf(job, 1)).toBe("The first of 12,345 objects");
});

describe("what is going on", () => {
  it.each([
    ["no canary", { ...job, canary: null }, null],
    ["it runs", job, "The first 100 of 12,345 objects run now. Then the job stops and asks again."],
    ["it will", { ...job, status: "Ready" as const }, "The first 100 of 12,345 objects run now. Then the job stops and asks again."],
    ["it is paused, which has words of its own", { ...job, status: "Paused" as const }, null],
    ["it failed", { ...job, status: "Failed" as const }, null],
    [
      "it has ended",
      { ...job, status: "Suspended" as const, canary: { until: 100, awaitsDecision: true }, succeededTasks: 98, failedTasks: 2 },
      "The first 100 of 12,345 objects have run. The job waits until somebody has looked at the outcome and decides about the other 12,245.",
    ],
    ["the rest was refused", { ...job, status: "Cancelled" as const, succeededTasks: 100 }, expect.stringContaining("before it ran on all objects")],
  ])("%s", (_name, counts, meaning) => expect(canaryMeaning(counts)).toEqual(meaning));
});

describe("the sample of the review", () => {
  const preflight = (checkedAt: string) => ({ checkedAt }) as never;
  const events = [{ type: "activate", at: "2026-11-28T12:00:00Z" }] as never;
  it.each([
    ["nothing has run", { ...job, events: [], preflight: preflight("2026-11-28T11:00:00Z") }, "Some objects from all over the list."],
    [
      "it is older than what ran",
      { ...job, succeededTasks: 100, events, preflight: preflight("2026-11-28T11:00:00Z") },
      expect.stringContaining("before the first 100 ran"),
    ],
    [
      "it was taken again",
      { ...job, succeededTasks: 100, events, preflight: preflight("2026-11-28T12:00:09Z") },
      expect.stringContaining("after the first 100 had run"),
    ],
  ])("%s", (_name, shown, words) => expect(sampleWords(shown)).toEqual(words));
});
