import fc from "fast-check";
import { expect, it } from "vitest";
import { formatReportRow, parseReportRow } from "./report-row.ts";

it("writes the service's layout: status before code, keys URL-encoded", () => {
  expect(formatReportRow({ bucket: "b1x", key: "a b/c", versionId: "v1" }, { kind: "succeeded", httpStatus: 200 })).toBe(
    "b1x,a%20b/c,v1,succeeded,200,,Successful\n",
  );
  expect(formatReportRow({ bucket: "b1x", key: "k" }, { kind: "failed", httpStatus: 404, code: "NoSuchKey", message: 'no "k", sorry' })).toBe(
    'b1x,k,,failed,404,NoSuchKey,"no ""k"", sorry"\n',
  );
  expect(formatReportRow({ bucket: "b1x", key: "k" }, { kind: "failed", httpStatus: 0, code: "ECONNRESET", message: "cut" })).toBe(
    "b1x,k,,failed,,ECONNRESET,cut\n",
  );
});

it("is one line that reads back, whatever the key and the endpoint's words", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(
      text.filter((key) => key !== ""),
      text,
      text.filter((code) => code.trim() !== ""),
      (key, message, code) => {
        const line = formatReportRow({ bucket: "bucket", key }, { kind: "failed", httpStatus: 400, code, message });
        expect(line.indexOf("\n")).toBe(line.length - 1);
        expect(parseReportRow(line.slice(0, -1))).toMatchObject({ bucket: "bucket", key, status: "failed", httpStatus: 400, versionId: null });
      },
    ),
  );
});

it("knows what is not a row", () => {
  expect(parseReportRow("")).toBeNull();
  expect(parseReportRow('bucket,"key that does not end')).toBeNull();
  expect(parseReportRow("Bucket,Key,VersionId,TaskStatus")).toBeNull();
});
