import { expect, it } from "vitest";
import { exceedsThreshold } from "./failure-threshold.ts";

it.each([
  [0, 999, false],
  [0, 1000, true],
  [500, 500, false],
  [499, 501, true],
  [10_000, 9_999, false],
  [9_999, 10_000, true],
])("%i succeeded, %i failed: %s", (succeeded, failed, exceeded) => {
  expect(exceedsThreshold(succeeded, failed)).toBe(exceeded);
});
