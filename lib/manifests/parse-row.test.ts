import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRowParser, RowError } from "./parse-row.ts";

const plain = createRowParser(["Bucket", "Key"]);
const versioned = createRowParser(["Bucket", "Key", "VersionId"]);
const reason = (parse: (line: string) => unknown, line: string): string => {
  try {
    parse(line);
  } catch (error) {
    expect(error).toBeInstanceOf(RowError);
    return (error as Error).message;
  }
  return "";
};

describe("a row", () => {
  it.each([
    ["b1x,k", { bucket: "b1x", key: "k" }],
    ["bucket,object%20key%20with%20spaces", { bucket: "bucket", key: "object key with spaces" }],
    ["bucket,a+b", { bucket: "bucket", key: "a+b" }],
    ['bucket,"a,b"', { bucket: "bucket", key: "a,b" }],
    ['"bucket","say ""hi"""', { bucket: "bucket", key: 'say "hi"' }],
    ["bucket,%2Fleading/../dots", { bucket: "bucket", key: "/leading/../dots" }],
    ["bucket,%E6%97%A5%E6%9C%AC", { bucket: "bucket", key: "日本" }],
    ["bucket,日本", { bucket: "bucket", key: "日本" }],
  ])("%s", (line, task) => expect(plain(line)).toEqual(task));

  it("has a version, null being one", () => {
    expect(versioned("b1x,key,v1")).toEqual({ bucket: "b1x", key: "key", versionId: "v1" });
    expect(versioned("b1x,key,null")).toEqual({ bucket: "b1x", key: "key", versionId: "null" });
  });

  it("may read like a header, but for the first", () => {
    const parse = createRowParser(["Bucket", "Key"]);
    parse("b1x,k");
    expect(parse("bucket,key")).toEqual({ bucket: "bucket", key: "key" });
  });

  it("may have columns that are ignored, in any order", () => {
    expect(createRowParser(["Ignore", "Key", "Bucket"])("x,key,bucket")).toEqual({ bucket: "bucket", key: "key" });
  });
});

describe("a wrong row says what is wrong", () => {
  it.each([
    [plain, "bucket", "has 1 column where the manifest's fields are Bucket, Key"],
    [plain, "bucket,key,v1", "has 3 columns"],
    [plain, "bucket,", "has no key"],
    [plain, ",key", 'has "" as its bucket'],
    [plain, "../etc,key", "as its bucket, which is not a bucket's name"],
    [plain, "a/b,key", "as its bucket"],
    [plain, "bucket,100%", "not URL-encoded"],
    [plain, "bucket,%ff", "not URL-encoded"],
    [plain, `bucket,${"x".repeat(1025)}`, "a key of 1025 bytes; S3 allows at most 1024"],
    [plain, `bucket,${"é".repeat(513)}`, "a key of 1026 bytes"],
    [plain, 'bucket,"open', "has a quote that is not closed"],
    [plain, "bucket,a\uFFFDb", "not UTF-8"],
    [createRowParser(["Bucket", "Key"]), "Bucket,Key", "is a header"],
    [createRowParser(["Bucket", "Key", "VersionId"]), "bucket,key,versionId", "is a header"],
    [versioned, "bucket,key,", "has no version id"],
  ])("%s %s", (parse, line, message) => expect(reason(parse, line)).toContain(message));

  it("takes a key of exactly 1,024 bytes", () => {
    expect(plain(`bucket,${"é".repeat(512)}`).key).toHaveLength(512);
  });
});

it("gives back every key that was URL-encoded into it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (key) => {
      expect(plain(`bucket,${encodeURIComponent(key)}`)).toEqual({ bucket: "bucket", key });
    }),
  );
});

it("never throws anything but a RowError, whatever the line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (line) => {
      reason(versioned, line);
    }),
  );
});

it("reads quotes as a CSV library does", () => {
  const parse = createRowParser(["Bucket", "Key"]);
  const asLibrary = (line: string): string | null => {
    try {
      const [columns = []] = parseCsv(line, { record_delimiter: "\n" }) as string[][];
      return columns.length === 2 && columns[0] === "photos" && columns[1] ? columns[1] : null;
    } catch {
      return null;
    }
  };
  let taken = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', '""', ",", "a", " ", "photos", 'photos,"', '"photos",'), { maxLength: 8 }), (parts) => {
      const line = parts.join("");
      let key: string | null;
      try {
        const task = parse(line);
        key = task.bucket === "photos" ? task.key : null;
      } catch {
        key = null;
      }
      expect(key).toBe(asLibrary(line));
      if (key !== null) taken += 1;
    }),
    { numRuns: 5_000 },
  );
  expect(taken).toBeGreaterThan(10);
});
