import { expect, it } from "vitest";
import { createHttpMeter, httpDurationBounds, noteAnswer, noteRoute } from "./http-meter.ts";

const answer = { method: "GET", target: "/jobs", status: 200, requestId: undefined, seconds: 0.02 };
const routeOf = (target: string, status = 200, method = "GET") => {
  const meter = createHttpMeter();
  noteAnswer(meter, { ...answer, target, status, method });
  return [...meter.answered.keys()][0];
};

it.each([
  ["/", 200, "GET / 200"],
  ["/jobs?q=a%20b", 200, "GET /jobs 200"],
  ["/jobs/", 200, "GET /jobs 200"],
  ["/jobs/7a2f0000-0000-4000-8000-000000000000/review", 200, "GET /jobs/{id}/review 200"],
  ["/jobs/7A2F0000-0000-4000-8000-000000000000", 200, "GET /jobs/{id} 200"],
  ["/_next/static/chunks/a1b2.js", 200, "GET /_next 200"],
  ["/what/somebody/thinks/up", 404, "GET unmatched 404"],
  ["/jobs%2f..", 200, "GET unmatched 200"],
  [`/${"a".repeat(2_000)}`, 200, "GET unmatched 200"],
  ["/v20180820/jobs/whatever", 403, "GET /v20180820 403"],
])("%s is a request of %s", (target, status, expected) => {
  expect(routeOf(target, status)).toBe(expected);
});

it("counts a method that nobody knows as other", () => {
  expect(routeOf("/jobs", 200, "BREW")).toBe("other /jobs 200");
});

it("goes by the route that the handler named, once", () => {
  const meter = createHttpMeter();
  noteRoute(meter, "1", "/api/jobs/{jobId}");
  noteAnswer(meter, { ...answer, target: "/api/jobs/x", requestId: "1", status: 404 });
  expect([...meter.answered.keys()]).toEqual(["GET /api/jobs/{jobId} 404"]);
  expect(meter.routes.size).toBe(0);
});

it("keeps within bounds, whatever comes", () => {
  const meter = createHttpMeter();
  for (let index = 0; index < 5_000; index += 1) {
    noteRoute(meter, String(index), "/api/jobs");
    noteAnswer(meter, { ...answer, target: `/page-${index}` });
  }
  expect(meter.routes.size).toBeLessThanOrEqual(2_000);
  expect(meter.durations.size).toBeLessThanOrEqual(301);
  expect(meter.answered.size).toBeLessThanOrEqual(301);
});

it("counts durations by stretch", () => {
  const meter = createHttpMeter();
  for (const seconds of [0.01, 0.02, 99]) noteAnswer(meter, { ...answer, seconds });
  const { counts, sum } = meter.durations.get("/jobs") ?? { counts: [], sum: 0 };
  expect([counts[0], counts[1], counts[httpDurationBounds.length]]).toEqual([1, 1, 1]);
  expect(sum).toBeCloseTo(99.03);
});
