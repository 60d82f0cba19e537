import { describe, expect, test } from "vitest";
import { countOf, failureShare, formatRate, percentDone, percentText, secondsLeft } from "./job-progress.ts";

const counts = (totalTasks: number, succeededTasks: number, failedTasks: number) => ({ totalTasks, succeededTasks, failedTasks });

describe("percent done", () => {
  test.each([
    [counts(0, 0, 0), 0],
    [counts(10, 0, 0), 0],
    [counts(10, 4, 1), 50],
    [counts(10, 9, 1), 100],
    [counts(1_000_000, 999_999, 0), 99.9],
    [counts(5, 6, 0), 100],
  ])("%j is %d", (job, expected) => expect(percentDone(job)).toBe(expected));

  test.each([
    [0, "0%"],
    [0.004, "<0.1%"],
    [12.34, "12.3%"],
    [99.99, "99.9%"],
    [70.3, "70.3%"],
    [100, "100%"],
  ])("%d reads %s", (percent, text) => expect(percentText(percent)).toBe(text));
});

test("the share of failures counts what has ended, not the total", () => {
  expect(failureShare(counts(1000, 0, 0))).toBeNull();
  expect(failureShare(counts(1000, 75, 25))).toBe("25%");
});

describe("time left", () => {
  test.each([
    [counts(100, 50, 0), 10, 5],
    [counts(100, 50, 1), 10, 5],
    [counts(100, 100, 0), 10, 0],
    [counts(100, 0, 0), null, null],
    [counts(100, 0, 0), 0, null],
  ])("%j at %s a second is %s", (job, rate, expected) => expect(secondsLeft(job, rate)).toBe(expected));
});

test.each([
  [0, "0/s"],
  [0.44, "0.4/s"],
  [12.6, "13/s"],
  [54_321, "54,321/s"],
])("a rate of %d reads %s", (rate, text) => expect(formatRate(rate)).toBe(text));

test("counts carry their noun", () => {
  expect(countOf(1, "object")).toBe("1 object");
  expect(countOf(10_000, "object")).toBe("10,000 objects");
});
