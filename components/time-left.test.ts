import { describe, expect, test } from "vitest";
import { timeLeft } from "./time-left.ts";

const job = { status: "Active" as const, totalTasks: 1_000_000, succeededTasks: 0, failedTasks: 0 };
/** With one task a second. */
const words = (seconds: number) => timeLeft({ ...job, totalTasks: seconds }, 1, 0)?.words;

describe("the time that is left", () => {
  test.each([
    [1, "less than a minute"],
    [49, "less than a minute"],
    [50, "about 1 minute"],
    [95, "about 2 minutes"],
    [12 * 60 + 20, "about 12 minutes"],
    [22 * 60, "about 20 minutes"],
    [58 * 60, "about 1 hour"],
    [100 * 60, "about 1.5 hours"],
    [11.4 * 3_600, "about 11 hours"],
    [50 * 3_600, "about 2 days"],
    [90 * 86_400, "about 90 days"],
  ])("%d s: %s", (seconds, expected) => expect(words(seconds)).toBe(expected));

  test("names the moment at which it is over", () => {
    expect(timeLeft({ ...job, succeededTasks: 499_000, failedTasks: 1_000 }, 1_000, 5_000)).toEqual({ words: "about 8 minutes", finishAt: 505_000 });
  });

  test.each([
    ["the rate is not known", job, null],
    ["nothing ends", job, 0],
    ["the rate is no number", job, Number.NaN],
    ["it would be years", job, 0.001],
    ["all has run", { ...job, succeededTasks: 1_000_000 }, 10],
    ["the job is paused", { ...job, status: "Paused" as const }, 10],
    ["it waits for somebody", { ...job, status: "Suspended" as const }, 10],
    ["it has ended", { ...job, status: "Failed" as const }, 10],
  ])("is not told where %s", (_why, of, rate) => expect(timeLeft(of, rate, 0)).toBeNull());
});
