import { expect, it } from "vitest";
import { createRateMeter } from "./job-rate.ts";

it("is unknown at first, and then counts over the last ten seconds only", () => {
  const rate = createRateMeter();
  expect(rate("job", 0, 0)).toBeNull();
  expect(rate("job", 100, 500)).toBeNull();
  expect(rate("job", 400, 2_000)).toBe(200);
  expect(rate("job", 10_400, 12_000)).toBe(1_000);
});

it("starts again when a lost lease takes progress back", () => {
  const rate = createRateMeter();
  rate("job", 5_000, 0);
  expect(rate("job", 1_000, 2_000)).toBeNull();
  expect(rate("job", 1_500, 4_000)).toBe(250);
});
