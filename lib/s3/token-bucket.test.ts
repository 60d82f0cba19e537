import { expect, it } from "vitest";
import { createTokenBucket, giveTokens, takeToken, tokenDue } from "./token-bucket.ts";

it("gives its reserve at once, and then so many a second", () => {
  const bucket = createTokenBucket(10, 3, 0);
  expect([1, 2, 3, 4].map(() => takeToken(bucket, 0))).toEqual([true, true, true, false]);
  expect(tokenDue(bucket, 0)).toBe(100);
  expect(takeToken(bucket, 99)).toBe(false);
  expect(takeToken(bucket, 100)).toBe(true);
  expect([1, 2, 3, 4].map(() => takeToken(bucket, 60_000))).toEqual([true, true, true, false]);
});

it("takes back what was not needed, up to its reserve", () => {
  const bucket = createTokenBucket(1, 2, 0);
  takeToken(bucket, 0);
  giveTokens(bucket, 5);
  expect([1, 2, 3].map(() => takeToken(bucket, 0))).toEqual([true, true, false]);
});

it("stands still when the clock is set back", () => {
  const bucket = createTokenBucket(10, 1, 1_000);
  takeToken(bucket, 1_000);
  expect(takeToken(bucket, 0)).toBe(false);
  expect(takeToken(bucket, 100)).toBe(true);
});
