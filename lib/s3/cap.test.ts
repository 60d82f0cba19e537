import fc from "fast-check";
import { expect, it } from "vitest";
import { createCap, shareOf } from "./cap.ts";

it("without limits lets everything start", () => {
  const cap = createCap();
  for (let count = 0; count < 10_000; count += 1) cap.enter(0);
  expect(cap.wait(0)).toBe(0);
});

it("waits for one to end when all places are taken", () => {
  const cap = createCap();
  cap.setShare({ inFlight: 1, perSecond: null }, 0);
  cap.enter(0);
  expect(cap.wait(0)).toBe(Number.POSITIVE_INFINITY);
  cap.leave();
  expect(cap.wait(0)).toBe(0);
});

it("waits for the next token", () => {
  const cap = createCap();
  cap.setShare({ inFlight: null, perSecond: 4 }, 0);
  expect(cap.wait(0)).toBe(250);
  expect(cap.wait(250)).toBe(0);
  cap.enter(250);
  expect(cap.wait(250)).toBe(250);
});

it("keeps what it has when the same share is set again", () => {
  const cap = createCap();
  cap.setShare({ inFlight: null, perSecond: 1 }, 0);
  cap.setShare({ inFlight: null, perSecond: 1 }, 1_000);
  expect(cap.wait(1_000)).toBe(0);
});

it("shares add up to the limit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 50 }), (maxInFlight, count) => {
      const shares = Array.from({ length: count }, (_, rank) => shareOf({ maxInFlight, maxRequestsPerSecond: null }, rank, count).inFlight ?? Number.NaN);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(maxInFlight);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});
