import { expect, test } from "vitest";
import { median } from "./median.ts";

test.each([
  [[3], 3],
  [[9, 1, 5], 5],
  [[10, 2, 4, 8], 6],
  [[100, 9, 20], 20],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test("there is no median of nothing", () => {
  expect(() => median([])).toThrow(RangeError);
});
