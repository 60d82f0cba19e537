import { expect, it } from "vitest";
import { createErrorSummary, samplesPerCode } from "./error-summary.ts";

const sample = { bucket: "b", key: "k", message: "m" };

it("counts by code and status, and keeps a few samples", () => {
  const summary = createErrorSummary();
  for (let number = 0; number < 10; number += 1) summary.add("NoSuchKey", 404, { ...sample, key: `k${number}` });
  summary.add("AccessDenied", 403, sample);
  const [missing, denied] = summary.groups();
  expect(missing).toMatchObject({ code: "NoSuchKey", httpStatus: 404, count: 10 });
  expect(missing?.samples.map(({ key }) => key)).toEqual(["k0", "k1", "k2", "k3", "k4"].slice(0, samplesPerCode));
  expect(denied?.count).toBe(1);
});

it("stays small when an endpoint invents codes, and still counts each failure", () => {
  const summary = createErrorSummary();
  for (let number = 0; number < 1_000; number += 1) summary.add(`Code${number}`, 400, sample);
  expect(summary.groups().length).toBeLessThanOrEqual(51);
  expect(summary.groups().reduce((sum, group) => sum + group.count, 0)).toBe(1_000);
});

it("keeps only text that the database takes", () => {
  const summary = createErrorSummary();
  summary.add("Code\0", 400, { bucket: "b", key: "a\0b", message: `${"x".repeat(499)}\u{1F600}` });
  expect(JSON.stringify(summary.groups())).not.toMatch(/\\u0000|\\ud83d/i);
});
