import { expect, test } from "vitest";
import { nextTry } from "./backoff.ts";

const created = new Date("2026-11-28T12:00:00Z");
const after = (attempts: number, now: Date, jitter = 0.5) => {
  const next = nextTry(attempts, created, now, jitter);
  return next && (next.getTime() - now.getTime()) / 1000;
};

test.each([
  [1, 5],
  [2, 10],
  [5, 80],
  [20, 3600],
  [1000, 3600],
])("after attempt %i it waits %i seconds", (attempts, seconds) => expect(after(attempts, created)).toBe(seconds));

test("receivers that fail together do not come back together", () => {
  expect(after(2, created, 0)).toBe(7.5);
  expect(after(2, created, 1)).toBe(12.5);
});

test("what a day did not deliver is given up", () => {
  const at = (hours: number) => new Date(created.getTime() + hours * 3600_000);
  expect(after(20, at(22.5))).toBe(3600);
  expect(after(20, at(23.5))).toBeNull();
  expect(after(1, at(25))).toBeNull();
});
