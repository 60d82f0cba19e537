import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateTime, rangeOf } from "./estimate-time.ts";

describe("rangeOf", () => {
  it.each<[number[], { slow: number; fast: number }]>([
    [[], { slow: 0, fast: 0 }],
    [[100], { slow: 100, fast: 100 }],
    [[300, 100, 200], { slow: 100, fast: 300 }],
    [[1, 100, 200, 9_000], { slow: 100, fast: 200 }],
    [[1, 2, 100, 150, 180, 200, 8_000, 9_000], { slow: 100, fast: 200 }],
  ])("%j", (rates, range) => expect(rangeOf(rates)).toEqual(range));

  it("is a range of what was measured", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1 }), (rates) => {
        const { slow, fast } = rangeOf(rates);
        expect(rates).toContain(slow);
        expect(rates).toContain(fast);
        expect(slow).toBeLessThanOrEqual(fast);
      }),
    );
  });
});

describe("estimateTime", () => {
  const none = { jobs: 0, slow: 0, fast: 0, maxRequestsPerSecond: null };
  const some = { jobs: 3, slow: 100, fast: 400, maxRequestsPerSecond: null };
  it.each<[string, Parameters<typeof estimateTime>, ReturnType<typeof estimateTime>]>([
    ["nothing is known", [1_000, none], null],
    ["only the connection's cap", [1_000, { ...none, maxRequestsPerSecond: 10 }], { least: 100, most: null }],
    ["the job's cap is the lower one", [1_000, { ...none, maxRequestsPerSecond: 10 }, 5], { least: 200, most: null }],
    ["what was measured", [1_000, some], { least: 2.5, most: 10 }],
    ["a cap cuts the fast end", [1_000, { ...some, maxRequestsPerSecond: 200 }], { least: 5, most: 10 }],
    ["a cap below all of it", [1_000, some, 50], { least: 20, most: 20 }],
    ["no objects", [0, some], { least: 0, most: 0 }],
  ])("%s", (_name, asked, range) => expect(estimateTime(...asked)).toEqual(range));
});
