import { describe, expect, test } from "vitest";
import { JobStatus } from "../lib/db/generated/enums.ts";
import { allStatuses, hasEnded, isPaused, isPreparing, statusGroups, statusWords } from "./job-status.ts";

describe("the words for a status", () => {
  test.each(Object.values(JobStatus))("%s has a label, a tone and a sentence", (status) => {
    const { label, tone, meaning } = statusWords(status);
    expect(label).toMatch(/^[A-Z][a-z ]+$/);
    expect(["neutral", "info", "success", "warning", "danger", "progress"]).toContain(tone);
    expect(meaning).toMatch(/^[A-Z].{15,}\.$/);
  });

  test("no two statuses read alike", () => {
    expect(new Set(allStatuses.map((status) => statusWords(status).label)).size).toBe(13);
  });

  test("Suspended tells the reader that it is their turn", () => {
    expect(statusWords("Suspended").label).toBe("Awaiting your confirmation");
  });

  test("failure and success look different from everything else", () => {
    const withTone = (tone: string) => allStatuses.filter((status) => statusWords(status).tone === tone);
    expect(withTone("success")).toEqual(["Complete"]);
    expect(withTone("danger")).toEqual(["Failing", "Failed"]);
  });
});

test("each status is in exactly one group", () => {
  const grouped = statusGroups.flatMap((group) => group.statuses);
  expect([...grouped].sort()).toEqual([...allStatuses].sort());
});

test("only three statuses are the end", () => {
  expect(allStatuses.filter(hasEnded)).toEqual(["Complete", "Cancelled", "Failed"]);
});

test("the manifest is being read in two statuses", () => {
  expect(allStatuses.filter(isPreparing)).toEqual(["New", "Preparing"]);
});

test("a job rests in two statuses", () => {
  expect(allStatuses.filter(isPaused)).toEqual(["Pausing", "Paused"]);
});
