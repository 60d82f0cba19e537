import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, it } from "vitest";
import { spreadsheetCell } from "./spreadsheet-cell.ts";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1", "\r=1", "\n=1", "＝1", "|cmd", '=HYPERLINK("http://x")'])("keeps %j from being a formula", (text) => {
  expect((parse(`${spreadsheetCell(text)},next`) as string[][])[0]?.[0]).toBe(`'${text}`);
});

it.each(["a=1", "a-b", "photos/2026", "1", ""])("leaves %j as it is", (text) => {
  expect(spreadsheetCell(text)).toBe(text);
});

it("is one cell, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", "=", "'", " ", "é") }), (text) => {
      const rows = parse(`${spreadsheetCell(text)},next\r\n`, { record_delimiter: "\r\n" }) as string[][];
      expect(rows).toHaveLength(1);
      expect(rows[0]).toHaveLength(2);
      expect([text, `'${text}`]).toContain(rows[0]?.[0]);
    }),
  );
});
