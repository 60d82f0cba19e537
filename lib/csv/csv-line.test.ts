import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvField, csvLine } from "./csv-line.ts";

test.each([
  ["plain", "plain"],
  ["", ""],
  [null, ""],
  [-5, "-5"],
  ["a,b", '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ["two\nlines", '"two\nlines"'],
  [" padded", '" padded"'],
  ["=1+1", "'=1+1"],
  ["+49 30", "'+49 30"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1+1", "'  =1+1"],
  ["\t=1", "'\t=1"],
  ["＝1+1", "'＝1+1"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["a=b", "a=b"],
])("%j is written as %j", (value, expected) => expect(csvField(value)).toBe(expected));

test("whatever is written is read again, and no field begins a formula", () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 5 }), (fields) => {
      const [read] = parse(csvLine(fields), { record_delimiter: "\r\n" }) as string[][];
      expect(read?.map((field, index) => (field === fields[index] ? field : field.slice(1)))).toEqual(fields);
      for (const field of read ?? []) expect(field).not.toMatch(/^\s*[=+\-@]/);
    }),
  ));
