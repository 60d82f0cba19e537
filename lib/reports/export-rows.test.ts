import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createRowParser } from "../manifests/parse-row.ts";
import type { Task } from "../operations/operation.ts";
import { createRowWriter } from "./export-rows.ts";
import { formatReportRow, parseReportRow, type ReportRow } from "./report-row.ts";

const key = fc.string({ unit: fc.constantFrom("a", "/", " ", "%", "+", '"', ",", "=", "\n", "é", "日", "-", "@"), minLength: 1, maxLength: 20 });
const lineOf = (task: Task, message: string) => formatReportRow(task, { kind: "failed", httpStatus: 403, code: "AccessDenied", message });
const rowOf = (line: string) => parseReportRow(line.slice(0, -1)) as ReportRow;

it("gives the report's own bytes where they are to be exact", () => {
  const line = lineOf({ bucket: "data", key: "a b" }, 'no, "never"');
  expect(createRowWriter("exact").write(rowOf(line), Buffer.from(line)).toString()).toBe(line);
});

it.each([undefined, "v1"])("names the very objects in a manifest, with the version %s", (versionId) => {
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (keys) => {
      const writer = createRowWriter("manifest");
      const tasks = keys.map((one): Task => ({ bucket: "data", key: one, ...(versionId && { versionId }) }));
      const lines = tasks.map((task) => writer.write(rowOf(lineOf(task, "no")), Buffer.alloc(0)).toString());
      const read = createRowParser(versionId ? ["Bucket", "Key", "VersionId"] : ["Bucket", "Key"]);
      expect(lines.map((line) => read(line.slice(0, -1)))).toEqual(tasks);
    }),
  );
});

it("makes no manifest of rows with versions and rows without", () => {
  const writer = createRowWriter("manifest");
  writer.write(rowOf(lineOf({ bucket: "data", key: "a", versionId: "v1" }, "no")), Buffer.alloc(0));
  expect(() => writer.write(rowOf(lineOf({ bucket: "data", key: "a" }, "no")), Buffer.alloc(0))).toThrow(/name a version/);
});

it("is a table that spreadsheets read, and in which nothing is a formula", () => {
  fc.assert(
    fc.property(key, fc.constantFrom("=1+1", "denied, sorry", "@x", 'a "b"'), (one, message) => {
      const writer = createRowWriter("spreadsheet");
      const text = writer.head + writer.write(rowOf(lineOf({ bucket: "data", key: one }, message)), Buffer.alloc(0));
      const [head, row, ...more] = parse(text, { bom: true, record_delimiter: "\r\n" }) as string[][];
      expect(head).toEqual(["Bucket", "Key", "Version ID", "Status", "HTTP status", "Error code", "Message"]);
      expect(more).toEqual([]);
      const bare = (cells: readonly string[] | undefined) => cells?.map((cell) => cell.replaceAll("'", ""));
      expect(bare(row)).toEqual(bare(["data", one, "", "failed", "403", "AccessDenied", message]));
      for (const cell of row ?? []) expect(cell).not.toMatch(/^[=+\-@]/);
    }),
  );
});
