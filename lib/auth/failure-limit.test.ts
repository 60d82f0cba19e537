import { expect, test } from "vitest";
import { FailureLimit } from "./failure-limit.ts";

test("allows up to the limit, then asks to wait until the window ends", () => {
  const limit = new FailureLimit(3, 60_000);
  for (let i = 0; i < 3; i++) {
    expect(limit.wait("a", 0)).toBe(0);
    limit.fail("a", 0);
  }
  expect(limit.wait("a", 0)).toBe(60);
  expect(limit.wait("a", 59_500)).toBe(1);
  expect(limit.wait("b", 0)).toBe(0);
  expect(limit.wait("a", 60_000)).toBe(0);
});

test("success forgets the failures", () => {
  const limit = new FailureLimit(1, 60_000);
  limit.fail("a", 0);
  limit.succeed("a");
  expect(limit.wait("a", 1)).toBe(0);
});

test("a new window begins with the first failure after the old one", () => {
  const limit = new FailureLimit(2, 1_000);
  limit.fail("a", 0);
  limit.fail("a", 1_500);
  expect(limit.wait("a", 1_600)).toBe(0);
  limit.fail("a", 1_700);
  expect(limit.wait("a", 1_700)).toBe(1);
});
