import { expect, it } from "vitest";
import { countError, parseCount } from "./typed-count.ts";

it.each([
  ["1234", 1234],
  ["1,234", 1234],
  ["1.234", 1234],
  [" 1 234 ", 1234],
  ["1’234", 1234],
  // As copied from this page, and from others.
  ["20,000,000,000", 20_000_000_000],
  ["12\u00a0345", 12_345],
  ["12\u202f345\n", 12_345],
  ["0", 0],
  ["", null],
  ["all", null],
  ["-3", null],
  ["1e3", null],
  ["9".repeat(16), null],
])("%j is read as %j", (typed, count) => expect(parseCount(typed)).toBe(count));

it("takes the job's number alone", () => {
  expect(countError("1,234", 1234)).toBeUndefined();
  expect(countError("", 1234)).toBe("Type the number of objects, 1,234, to run this job");
  expect(countError("1", 1234)).toBe("The job is on 1,234 objects, not on 1. Look at the review again");
});
