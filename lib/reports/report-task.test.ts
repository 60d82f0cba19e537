import fc from "fast-check";
import { expect, it } from "vitest";
import { RowError } from "../manifests/parse-row.ts";
import type { Task } from "../operations/operation.ts";
import { formatReportRow } from "./report-row.ts";
import { failedTaskOf } from "./report-task.ts";

it("reads back the objects of the rows that a report has", () => {
  const task = fc.record(
    { bucket: fc.constantFrom("b1x", "data"), key: fc.string({ unit: "binary", minLength: 1, maxLength: 200 }), versionId: fc.constantFrom("v1", "null") },
    { requiredKeys: ["bucket", "key"] },
  ) as fc.Arbitrary<Task>;
  fc.assert(
    fc.property(task, fc.string(), (one, message) => {
      const row = formatReportRow(one, { kind: "failed", httpStatus: 403, code: "AccessDenied", message });
      expect(failedTaskOf(row.slice(0, -1))).toEqual(one);
    }),
  );
});

it("takes a row whose message is no text", () => {
  expect(failedTaskOf("data,a,v1,failed,500,InternalError,\uFFFD\uFFFD")).toEqual({ bucket: "data", key: "a", versionId: "v1" });
});

it.each([
  ["data,a\uFFFD,,failed,404,NoSuchKey,gone", /not UTF-8/],
  ["data,100%.txt,,failed,404,NoSuchKey,gone", /not URL-encoded/],
  [`data,${"x".repeat(1_025)},,failed,404,NoSuchKey,gone`, /1025 bytes/],
  ["data,a,,succeeded,200,,Successful", /status "succeeded" in a file of failed tasks/],
  ["data,a,,failed", /4 columns/],
  ["../x,a,,failed,404,NoSuchKey,gone", /not a bucket's name/],
  ['data,"a,,failed,404,NoSuchKey,gone', /quote/],
])("refuses %s", (line, words) => {
  expect(() => failedTaskOf(line)).toThrow(RowError);
  expect(() => failedTaskOf(line)).toThrow(words);
});
