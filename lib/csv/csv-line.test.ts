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
  ["\t=1", `"'\t'=1"`],
  ["＝1+1", "'＝1+1"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["|cmd", "'|cmd"],
  ["\r=1", `"'\r'=1"`],
  ["x;=1+1", '"x;\'=1+1"'],
  ["team=a; =cmd=1", '"team=a;\' =cmd=1"'],
  ["two\n-2", '"two\n\'-2"'],
  ['x;"=1', '"x;\'""=1"'],
  ["a=b", "a=b"],
  ["a-b", "a-b"],
  ["a; b", '"a; b"'],
  ["photos/2026", "photos/2026"],
])("%j is written as %j", (value, expected) => expect(csvField(value)).toBe(expected));

const odd = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\t", "\n", "\r", "=", "-", "'", " ", "|", "＝") }));

test("whatever is written is read again, but for apostrophes", () =>
  fc.assert(
    fc.property(fc.array(odd, { minLength: 2, maxLength: 5 }), (fields) => {
      const [read] = parse(csvLine(fields), { record_delimiter: "\r\n" }) as string[][];
      const bare = (some: readonly string[] | undefined) => some?.map((field) => field.replaceAll("'", ""));
      expect(bare(read)).toEqual(bare(fields));
    }),
  ));

test("nothing begins a formula, by whatever a spreadsheet parts cells and rows", () =>
  fc.assert(
    fc.property(fc.array(odd, { minLength: 1, maxLength: 4 }), (fields) => {
      const [read] = parse(csvLine(fields), { record_delimiter: "\r\n" }) as string[][];
      for (const cell of read ?? []) expect(cell).not.toMatch(/^[\s\0]*[=+\-@＝＋－＠|]/);
      // Whoever parts them elsewhere takes no notice of the quotes around the field.
      for (const field of fields)
        for (const cell of csvField(field)
          .split(/[;\t\r\n]/)
          .slice(1))
          expect(cell).not.toMatch(/^[\s\0"]*[=+\-@＝＋－＠|]/);
    }),
  ));
