import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInventoryParser, type InventoryRow, inventoryTask } from "./inventory-task.ts";
import { RowError } from "./parse-row.ts";

const object = { bucket: "b1x", key: "k" };

describe("a row of an inventory", () => {
  it.each<[Partial<InventoryRow>, ReturnType<typeof inventoryTask>]>([
    [{}, object],
    [{ isLatest: true }, object],
    [{ isLatest: false }, "older versions"],
    [{ isLatest: "FALSE" }, "older versions"],
    [{ isDeleteMarker: true }, "delete markers"],
    [{ versionId: "v1", isLatest: true, isDeleteMarker: "true" }, "delete markers"],
    [
      { versionId: "v1", isLatest: false, isDeleteMarker: false },
      { ...object, versionId: "v1" },
    ],
    [
      { versionId: "v2", isLatest: "true", isDeleteMarker: "false" },
      { ...object, versionId: "v2" },
    ],
    [{ versionId: "", isLatest: "true", isDeleteMarker: "" }, object],
    [{ versionId: null, isLatest: null, isDeleteMarker: null }, object],
    // Its newest version is another one.
    [
      { versionId: "", isLatest: false },
      { ...object, versionId: "null" },
    ],
    [
      { versionId: "null", isLatest: true },
      { ...object, versionId: "null" },
    ],
  ])("%j is %j", (row, task) => expect(inventoryTask({ ...object, ...row })).toEqual(task));

  it.each([0, 1, 0n, "0", "1", "yes", "nil", Buffer.from("true"), {}])("that has %s for a flag is refused, since it may be a delete marker", (flag) => {
    expect(() => inventoryTask({ ...object, isDeleteMarker: flag })).toThrow(RowError);
    expect(() => inventoryTask({ ...object, versionId: "v1", isLatest: flag })).toThrow(/neither true nor false/);
  });

  it.each([
    [{ bucket: "../etc" }, /not a bucket's name/],
    [{ key: "" }, /no key/],
    [{ key: "é".repeat(513) }, /1026 bytes/],
  ])("that names no object is refused: %j", (row, words) => expect(() => inventoryTask({ ...object, ...row })).toThrow(words));
});

describe("a line of an inventory's CSV", () => {
  const parse = createInventoryParser(["Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker", "Size"]);

  it("has every field quoted, and its key form-encoded", () => {
    expect(parse('"b1x","a%2Bb+c%2Fd%C3%A9","v1","false","false","12"')).toEqual({ bucket: "b1x", key: "a+b c/dé", versionId: "v1" });
    expect(parse('"b1x","k","v1","true","true",""')).toBe("delete markers");
  });

  it("gives back any key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 200 }), (key) => {
        const encoded = encodeURIComponent(key).replaceAll("%20", "+");
        expect(parse(`"b1x","${encoded}","v1","true","false","1"`)).toEqual({ bucket: "b1x", key, versionId: "v1" });
      }),
    );
  });

  it.each([
    ['"b1x","k"', /has 2 columns where the inventory's fileSchema has 6/],
    ['"b1x","100%","v1","true","false","1"', /not URL-encoded/],
    ['"b1x","k","v1","true","maybe","1"', /"maybe" as its IsDeleteMarker/],
    ['"b1x","k,"v1","true","false","1"', /quote/],
  ])("%s is refused", (line, words) => expect(() => parse(line)).toThrow(words));
});
