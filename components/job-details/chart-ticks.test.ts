import { scaleTime } from "d3-scale";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ticksThatFit, tickWidth } from "./chart-ticks.ts";
import { tickWords } from "./moment-words.ts";

const second = 1_000;
const day = 86_400 * second;
const axis = (start: number, rangeMs: number, width: number) => scaleTime([start, start + rangeMs], [44, width]);

test("an axis names at least one moment, and no two run into each other or over the edge, however long a job ran", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2030, 0) }),
      // As many short as long ones.
      fc.double({ min: Math.log(10 * second), max: Math.log(60 * day), noNaN: true }),
      fc.integer({ min: 280, max: 1_200 }),
      (start, log, width) => {
        const x = axis(start, Math.exp(log), width);
        const places = ticksThatFit(x, width).map((tick) => x(tick));
        expect(places.length).toBeGreaterThan(0);
        expect(Math.max(...places)).toBeLessThanOrEqual(width - tickWidth / 2);
        for (const [index, place] of places.slice(1).entries()) expect(place - (places[index] as number)).toBeGreaterThanOrEqual(tickWidth - 1e-6);
      },
    ),
    { numRuns: 2_000 },
  ));

test.each([
  ["ten seconds", 10 * second],
  ["five minutes", 300 * second],
  ["an hour", 3_600 * second],
  ["forty hours", 40 * 3_600 * second],
  ["nine days", 9 * day],
])("of %s no two moments have the same words", (_name, rangeMs) => {
  const x = axis(Date.UTC(2026, 10, 28, 10, 17, 3), rangeMs, 1_000);
  const ticks = ticksThatFit(x, 1_000);
  const words = ticks.map((tick) => tickWords(tick.getTime(), rangeMs));
  expect(words.length).toBeGreaterThan(1);
  expect(new Set(words).size).toBe(words.length);
});
