import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  ["/jobs/1/review?tab=rows#top", "/jobs/1/review?tab=rows#top"],
  ["/connections", "/connections"],
  [undefined, "/"],
  ["", "/"],
  ["/", "/"],
  ["https://evil.example/jobs", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/.//evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?next=/sign-in", "/"],
  ["/api/auth/sign-out", "/"],
  ["/apiary", "/apiary"],
])("%j leads to %j", (wanted, expected) => {
  expect(safePath(wanted)).toBe(expected);
});
