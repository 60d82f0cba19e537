import { expect, it } from "vitest";
import { createRequestMeter, durationBounds, durationEvery, noteEnd } from "./request-meter.ts";

it("counts every request, and takes the duration of one of many", () => {
  const meter = createRequestMeter();
  for (let request = 0; request < durationEvery * 5; request += 1) noteEnd(meter, 1_000, () => 1_040);
  expect(meter.ended).toBe(durationEvery * 5);
  expect(meter.durations.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(meter.durations[durationBounds.indexOf(0.05)]).toBe(5);
  expect(meter.durationSum).toBeCloseTo(0.2);
});

it.each([
  ["none", 1_000, 0],
  ["as long as a bound", 1_005, 0],
  ["longer than any bound", 1_000_000, durationBounds.length],
  ["a clock that went back", 500, 0],
])("%s", (_name, now, at) => {
  const meter = createRequestMeter();
  meter.ended = durationEvery - 1;
  noteEnd(meter, 1_000, () => now);
  expect(meter.durations[at]).toBe(1);
});
