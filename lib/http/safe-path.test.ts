import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.each([
  ["/jobs/1/review?tab=rows#top", "/jobs/1/review?tab=rows#top"],
  ["/connections", "/connections"],
  [undefined, "/jobs"],
  ["", "/jobs"],
  ["/", "/jobs"],
  ["https://evil.example/jobs", "/jobs"],
  ["//evil.example", "/jobs"],
  ["/\\evil.example", "/jobs"],
  ["/\t/evil.example", "/jobs"],
  ["/.//evil.example", "/jobs"],
  ["javascript:alert(1)", "/jobs"],
  ["/sign-in?next=/sign-in", "/jobs"],
  ["/api/auth/sign-out", "/jobs"],
  ["/apiary", "/apiary"],
])("%j leads to %j", (wanted, expected) => {
  expect(safePath(wanted)).toBe(expected);
});
