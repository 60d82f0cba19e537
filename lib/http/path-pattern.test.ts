import { expect, it } from "vitest";
import { pathPattern } from "./path-pattern.ts";

it.each([
  ["/api/jobs", {}, "/api/jobs"],
  ["/api/jobs", undefined, "/api/jobs"],
  ["/api/jobs/7", { jobId: "7" }, "/api/jobs/{jobId}"],
  ["/api/jobs/7/report/rows", { jobId: "7" }, "/api/jobs/{jobId}/report/rows"],
  ["/api/jobs/jobs", { jobId: "jobs" }, "/api/jobs/{jobId}"],
  ["/api/jobs/a%20b", { jobId: "a b" }, "/api/jobs/{jobId}"],
  ["/api/jobs/a%20b", { jobId: "a%20b" }, "/api/jobs/{jobId}"],
  ["/api/jobs/%E0%A4%A", { jobId: "%E0%A4%A" }, "/api/jobs/{jobId}"],
])("%s with %o is %s", (path, params, expected) => {
  expect(pathPattern(path, params)).toBe(expected);
});
