import { describe, expect, it } from "vitest";
import { previewRows } from "./preview-rows.ts";

const preview = (text: string | Buffer, fields: ("Bucket" | "Key" | "VersionId")[] = ["Bucket", "Key"], whole = true) =>
  previewRows(Buffer.from(text), fields, whole);

describe("previewRows", () => {
  it("shows decoded objects", () => {
    expect(preview("photos,a%20b.jpg\r\nphotos,c.jpg\n")).toEqual({
      rows: [
        { row: 1, bucket: "photos", key: "a b.jpg", versionId: null },
        { row: 2, bucket: "photos", key: "c.jpg", versionId: null },
      ],
      checked: 2,
      wrong: 0,
      buckets: ["photos"],
      problem: null,
      listing: null,
      versionColumn: null,
      whole: true,
      aboutRows: 2,
    });
  });

  it("leaves the cut last line out of a file that was not read to its end", () => {
    expect(preview("photos,a.jpg\nphotos,b.j", undefined, false).checked).toBe(1);
    expect(preview("photos,a.jpg\nphotos,b.j").checked).toBe(2);
  });

  it.each([
    ["a header row", "bucket,key\nphotos,a.jpg\n", 1, /header/],
    ["a column too many", "photos,a.jpg,v1\nphotos,b.jpg\n", 1, /3 columns/],
    ["an undecodable key", "photos,a.jpg\nphotos,100%\n", 2, /URL-encoded/],
    ["a key that is too long", `photos,${"k".repeat(1025)}\n`, 1, /1025 bytes/],
    ["no key", "photos,\n", 1, /no key/],
  ])("points at %s", (_name, text, row, words) => {
    const wrong = preview(text).rows.filter((one) => "problem" in one);
    expect(wrong).toEqual([expect.objectContaining({ row, problem: expect.stringMatching(words) })]);
  });

  it("points at a row that is not UTF-8", () => {
    const latin1 = Buffer.concat([Buffer.from("photos,a.jpg\nphotos,caf"), Buffer.from([0xe9, 0x0a])]);
    expect(preview(latin1).rows[1]).toMatchObject({ row: 2, problem: expect.stringMatching(/UTF-8/) });
  });

  it("shows wrong rows from further down, and counts them all", () => {
    const rows = Array.from({ length: 60 }, (_, index) => (index < 30 ? `photos,${index}` : "photos"));
    const shown = preview(rows.join("\n"));
    expect(shown).toMatchObject({ checked: 60, wrong: 30, versionColumn: null });
    expect(shown.rows.map((row) => row.row)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
  });

  it("notices a version column that was not announced, and one that is missing, header or not", () => {
    expect(preview("bucket,key,version_id\nphotos,a,v1\nphotos,b,null\n").versionColumn).toBe(true);
    expect(preview("photos,a\nphotos,b\n", ["Bucket", "Key", "VersionId"]).versionColumn).toBe(false);
    expect(preview("photos\nphotos\n").versionColumn).toBeNull();
  });

  it.each([
    ["an empty file", "", /empty/],
    ["empty lines", "\n\r\n\n", /empty lines/],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
    ["Parquet", "PAR1....", /Parquet/],
    ["an inventory's manifest.json", '{"sourceBucket":"a","fileSchema":"Bucket, Key"}', /Inventory/],
    ["other JSON", '{"a":1}', /JSON/],
    ["HTML", "<!DOCTYPE html><html>", /HTML/],
    ["UTF-16", Buffer.from("photos,a\n", "utf16le"), /UTF-8/],
  ])("refuses %s", (_name, text, words) => {
    const shown = preview(text as string);
    expect(shown.problem).toMatch(words);
    expect(shown.rows).toEqual([]);
  });

  it("refuses one endless line", () => expect(preview("x".repeat(65536), undefined, false).problem).toMatch(/64 KB/));
});
