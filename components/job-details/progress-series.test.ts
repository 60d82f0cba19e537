import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestTo, type ProgressPoint, pointsOf, recentRate, spellsOf, totalsOf } from "./progress-series.ts";

const start = Date.UTC(2026, 10, 28, 12);
const sample = (second: number, seconds: number, succeeded: number, failed = 0, throttled = 0, inFlightSeconds = 0) => ({
  at: new Date(start + second * 1_000).toISOString(),
  from: new Date(start + second * 1_000).toISOString(),
  to: new Date(start + (second + seconds) * 1_000).toISOString(),
  succeeded,
  failed,
  throttled,
  inFlightSeconds,
});
const points = (...samples: ReturnType<typeof sample>[]): ProgressPoint[] => pointsOf({ seconds: 5, samples });

describe("a job's chart", () => {
  test("shows averages of the time in which tasks ran", () => {
    expect(points(sample(0, 4, 38, 2, 8, 256))).toEqual([
      { from: start, to: start + 4_000, rate: 10, failed: 0.5, throttled: 2, inFlight: 64, succeededTasks: 38, failedTasks: 2, throttledAnswers: 8 },
    ]);
  });

  test("takes tasks that all ended at once for a second's", () => expect(points(sample(0, 0.02, 30))[0]).toMatchObject({ rate: 30, to: start + 1_000 }));

  test("tells a stretch that is too short for an average with the one beside it", () => {
    expect(points(sample(0, 5, 2_000), sample(5, 0.4, 160), sample(60, 0.2, 80), sample(60.2, 5, 2_000))).toMatchObject([
      { from: start, to: start + 5_400, rate: 400, succeededTasks: 2_160 },
      { from: start + 60_000, to: start + 65_200, rate: 400, succeededTasks: 2_080 },
    ]);
    expect(points(sample(0, 5, 2_000), sample(30, 0.4, 160))).toHaveLength(2);
  });

  test("is cut where the job did not run", () => {
    const all = points(sample(0, 5, 1), sample(5, 5, 1), sample(30, 2, 1), sample(35, 1, 1), sample(300, 5, 1));
    expect(spellsOf(all, 5).map((spell) => spell.length)).toEqual([2, 2, 1]);
    expect(spellsOf([], 5)).toEqual([]);
  });

  test("finds the point at a moment, or the nearest", () => {
    const all = points(sample(0, 5, 1), sample(5, 5, 1), sample(60, 5, 1));
    expect([-10, 1, 7, 20, 50, 62, 900].map((second) => nearestTo(all, start + second * 1_000))).toEqual([0, 0, 1, 1, 2, 2, 2]);
    expect(nearestTo([], start)).toBe(0);
  });
});

test("the totals are those of all points, and no pause slows them down", () => {
  expect(totalsOf([])).toBeNull();
  expect(totalsOf(points(sample(0, 5, 90, 10, 3, 320), sample(600, 5, 50, 0, 0, 160)))).toEqual({
    ranMs: 10_000,
    rate: 15,
    fastest: 20,
    inFlight: 48,
    succeededTasks: 140,
    failedTasks: 10,
    throttledAnswers: 3,
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.nat(50)), { minLength: 1, maxLength: 50 }), (counts) => {
      const totals = totalsOf(points(...counts.map(([succeeded, failed], at) => sample(at * 5, 5, succeeded, failed))));
      expect(totals?.succeededTasks).toBe(counts.reduce((sum, [succeeded]) => sum + succeeded, 0));
      expect(totals?.fastest).toBeGreaterThanOrEqual((totals?.rate ?? 0) - 1e-9);
    }),
  );
});

test("the recent rate is that of the last minute of work", () => {
  expect(recentRate([])).toBeNull();
  expect(recentRate(points(sample(0, 5, 0)))).toBeNull();
  expect(recentRate(points(sample(0, 5, 9_000), sample(100, 5, 10), sample(105, 5, 20)))).toBe(3);
});
