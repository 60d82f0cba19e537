import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coarser, evenly, finestSeconds, inStretchesOf, type JobSample, maxSamples, startOf } from "./job-samples.ts";

const startedAt = Date.UTC(2026, 10, 28);

const samples = (most: number) =>
  fc
    .array(
      fc.record({
        ms: fc.nat(40 * 86_400_000),
        power: fc.nat(4),
        succeeded: fc.nat(1e6),
        failed: fc.nat(1e6),
        throttled: fc.nat(1e3),
        inFlightMs: fc.nat(1e6),
      }),
      { maxLength: most },
    )
    .map((all) =>
      all.map(({ ms, power, ...counts }): JobSample => {
        const seconds = finestSeconds * 2 ** power;
        const at = startOf(startedAt + ms, seconds);
        return { at, seconds, firstAt: at + 10, lastAt: at + seconds * 900, ...counts };
      }),
    );

const totals = (all: readonly JobSample[]) => ({
  succeeded: all.reduce((total, one) => total + one.succeeded, 0),
  failed: all.reduce((total, one) => total + one.failed, 0),
  throttled: all.reduce((total, one) => total + one.throttled, 0),
  inFlightMs: all.reduce((total, one) => total + one.inFlightMs, 0),
});

describe("samples in longer stretches", () => {
  test("keep what was counted, in order, each within its own stretch", () => {
    fc.assert(
      fc.property(samples(80), fc.integer({ min: 4, max: 60 }), (all, most) => {
        for (const merged of [evenly(all), coarser(all, most)]) {
          expect(totals(merged)).toEqual(totals(all));
          for (const [index, one] of merged.entries()) {
            expect(one.seconds).toBe(merged[0]?.seconds);
            expect(one.at % (one.seconds * 1_000)).toBe(0);
            expect(one.firstAt).toBeGreaterThanOrEqual(one.at);
            expect(one.lastAt).toBeLessThanOrEqual(one.at + one.seconds * 1_000);
            if (index > 0) expect(one.at).toBeGreaterThan((merged[index - 1] as JobSample).at);
          }
        }
      }),
    );
  });

  test("are few enough, however long the job ran and however often it was paused", () => {
    fc.assert(fc.property(samples(120), fc.integer({ min: 4, max: 60 }), (all, most) => coarser(all, most).length <= most / 2));
  });

  test("a month without a pause stays within the bound, merged each time that it is full", () => {
    let kept: JobSample[] = [];
    let counted = 0;
    for (let second = 0; second < 30 * 86_400; second += 600) {
      const seconds = kept[0]?.seconds ?? finestSeconds;
      const at = startOf(startedAt + second * 1_000, seconds);
      kept = inStretchesOf([...kept, { at, seconds, firstAt: at, lastAt: at, succeeded: 1, failed: 0, throttled: 0, inFlightMs: 0 }], seconds);
      counted += 1;
      if (kept.length > maxSamples) kept = coarser(kept);
      if (kept.length > maxSamples) throw new Error(`${kept.length} samples`);
    }
    expect(totals(kept).succeeded).toBe(counted);
    expect(kept.length).toBeGreaterThan(maxSamples / 4);
  });
});

test("a stretch begins at a multiple of its length", () => {
  expect(startOf(12_345, 5)).toBe(10_000);
  expect(startOf(15_000, 5)).toBe(15_000);
});
