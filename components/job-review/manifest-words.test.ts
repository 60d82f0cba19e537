import { expect, it } from "vitest";
import type { DuplicateRows } from "#lib/jobs/duplicate-rows.ts";
import { duplicateWarning, duplicateWords, leftOutWords } from "./manifest-words.ts";

it.each<[DuplicateRows | null, string | null, string | undefined]>([
  [null, null, undefined],
  [{ state: "counting" }, "Being counted…", undefined],
  [{ state: "unknown" }, "Could not be counted", undefined],
  [{ state: "counted", rows: 0 }, "None", undefined],
  [{ state: "counted", rows: 0, sampleOf: 20 }, "None among one in 20 of the objects", undefined],
  [{ state: "counted", rows: 1 }, "1", "1 row of the manifest names an object that an earlier row names"],
  [{ state: "counted", rows: 1_234 }, "1,234", "1,234 rows of the manifest name an object that an earlier row names"],
  [
    { state: "counted", rows: 4_000, sampleOf: 20 },
    "About 4,000, judging by one in 20 of the objects",
    "About 4,000 rows of the manifest name an object that an earlier row names",
  ],
])("%j reads %s", (duplicateRows, words, warning) => {
  expect(duplicateWords({ duplicateRows, leftOut: [] })).toBe(words);
  expect(duplicateWarning({ duplicateRows, leftOut: [] })?.title).toBe(warning);
});

it("says what was left out", () => {
  expect(leftOutWords({ leftOut: [] })).toBeNull();
  expect(leftOutWords({ leftOut: [{ reason: "delete markers", count: 0 }] })).toBeNull();
  expect(leftOutWords({ leftOut: [{ reason: "delete markers", count: 12 }] })).toBe("12 delete markers");
  const both = [
    { reason: "delete markers", count: 1 },
    { reason: "older versions", count: 2_000 },
  ];
  expect(leftOutWords({ leftOut: both })).toBe("1 delete markers and 2,000 older versions");
});
