import { expect, test } from "vitest";
import { steadyRate } from "./steady-rate.ts";

test("a slow beginning and a slow end do not count", () => {
  const arrivals = [
    [0, 0],
    [10, 100],
    [11, 500],
    [12, 900],
    [60, 1_000],
  ] as const;
  expect(steadyRate({ arrivals, tasks: 1_000 })).toBe(400);
});

test("a job that was over between two samples tells no rate", () => {
  expect(
    steadyRate({
      arrivals: [
        [1, 0],
        [2, 1_000],
      ],
      tasks: 1_000,
    }),
  ).toBe(0);
  expect(steadyRate({ arrivals: [], tasks: 1_000 })).toBe(0);
});
