import { expect, test } from "vitest";
import { actionWords, byReason } from "./change-words.ts";

const foreseen = { able: ["a"], unable: [], tasks: 1000, tasksRun: 0 };

test("a cancellation says what stays as it is", () => {
  expect(actionWords.cancel.meaning(foreseen)).toBe("No object has been touched yet. A cancelled job cannot be started again.");
  expect(actionWords.cancel.meaning({ ...foreseen, tasksRun: 300 })).toMatch(/^300 of 1,000 objects have been worked on and stay as they are now\./);
});

test("one job is one job", () => {
  expect(actionWords.cancel.title(1)).toBe("Cancel 1 job?");
  expect(actionWords.pause.done(1)).toBe("1 job is paused");
  expect(actionWords.pause.done(1200)).toBe("1,200 jobs are paused");
  expect(actionWords.resume.done(1)).toBe("1 job goes on");
});

test("jobs of one reason stand together, the most frequent first", () =>
  expect(byReason([{ reason: "a" }, { reason: "b" }, { reason: "b" }])).toEqual([
    { reason: "b", jobs: [{ reason: "b" }, { reason: "b" }] },
    { reason: "a", jobs: [{ reason: "a" }] },
  ]));
