import { expect, test } from "vitest";
import { capOf, limitsWords } from "./limits-words.ts";

test.each([
  [null, null, "None"],
  [200, null, "At most 200 requests at once"],
  [null, 1, "At most 1 request a second"],
  [1, 1_000, "At most 1 request at once, and 1,000 a second"],
])("%s at once and %s a second read as %j", (maxInFlight, maxRequestsPerSecond, words) => {
  expect(limitsWords({ maxInFlight, maxRequestsPerSecond })).toBe(words);
});

test.each([
  ["", null],
  ["  ", null],
  [null, null],
  ["250", 250],
  [" 1,000 ", 1_000],
  ["12.5", 12.5],
  ["many", Number.NaN],
  ["1e3", Number.NaN],
  [7, 7],
])("%j typed means %s", (typed, cap) => expect(capOf(typed)).toBe(cap));
