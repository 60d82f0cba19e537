import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Task } from "../operations/operation.ts";
import { createChunkCutter } from "./cut-chunks.ts";
import { createRowParser, type ManifestField, maxRowBytes, RowError } from "./parse-row.ts";
import { createRowScanner } from "./scan-rows.ts";

interface Outcome {
  rows: number;
  /** The line that was refused, and why. */
  refused: [number, string] | null;
  /** Byte ranges by which readers find the rows again. */
  ranges: [number, number][];
}

/** Rows per chunk, so that small manifests have several. */
const perChunk = 3;

function scan(bytes: Buffer, sizes: number[], fields: ManifestField[], sampleRows = 1): Outcome & { told: Task[] } {
  const cutter = createChunkCutter();
  const told: Task[] = [];
  const ranges: [number, number][] = [];
  const small = {
    chunks: cutter.chunks,
    fullAt: perChunk,
    cut(rows: number, byteEnd: number) {
      const byteStart = ranges.at(-1)?.[1] ?? 0;
      if (rows > ranges.length * perChunk) ranges.push([byteStart, byteEnd]);
      small.fullAt = rows + perChunk;
    },
  };
  const scanner = createRowScanner(fields, small, sampleRows, (task) => told.push(task));
  let refused: Outcome["refused"] = null;
  try {
    for (let at = 0, index = 0; at < bytes.length; index += 1) {
      const size = sizes[index % sizes.length] ?? bytes.length;
      scanner.push(bytes.subarray(at, at + size));
      at += size;
    }
    scanner.finish();
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    refused = [scanner.line, error.message];
  }
  return { rows: scanner.rows, refused, ranges, told };
}

/** The same by way of strings and the row parser alone. */
function readByLines(bytes: Buffer, fields: ManifestField[]): Outcome {
  const parse = createRowParser(fields);
  const ranges: [number, number][] = [];
  let rows = 0;
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    line += 1;
    const found = bytes.indexOf(10, from);
    const next = found < 0 ? bytes.length : found + 1;
    let text = bytes.subarray(from, found < 0 ? next : found).toString();
    if (from === 0) text = text.replace(/^\uFEFF/, "");
    text = text.replace(/\r$/, "");
    from = next;
    if (text === "") continue;
    try {
      parse(text);
    } catch (error) {
      return { rows, refused: [line, (error as Error).message], ranges };
    }
    rows += 1;
    if (rows % perChunk === 0) ranges.push([ranges.at(-1)?.[1] ?? 0, next]);
  }
  if (rows % perChunk !== 0) ranges.push([ranges.at(-1)?.[1] ?? 0, bytes.length]);
  return { rows, refused: null, ranges };
}

const fieldLists: ManifestField[][] = [
  ["Bucket", "Key"],
  ["Bucket", "Key", "VersionId"],
  ["Key", "Bucket"],
  ["Ignore", "VersionId", "Key", "Ignore", "Bucket"],
];
const mostly = <T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>) => fc.oneof({ weight: 40, arbitrary: usual }, rare);
const bucket = mostly(fc.constantFrom("photos", "photos-2"), fc.constantFrom("phot", "-bad", "", "a", "Photos%20"));
const goodPart = fc.constantFrom(
  "a",
  "b/c",
  "-._~",
  "x y",
  "+",
  "!'()*",
  "#&=?",
  "key",
  "%20",
  "%25",
  "%E6%97%A5",
  "%c3%a9",
  "%F0%9F%9A%A2",
  "%00",
  "%ED%9F%BF",
  "%F4%8F%BF%BF",
  "é",
  "日",
);
const badPart = fc.constantFrom(
  "%",
  "%2",
  "%zz",
  "%ff",
  "%C0%80",
  "%ED%A0%80",
  "%F4%90%80%80",
  "%E0%80%80",
  "%C3",
  "%C3x",
  "%E6%97",
  "%F0%80%80%80",
  '"',
  "\r",
);
const key = fc.array(mostly(goodPart, badPart), { minLength: 0, maxLength: 6 }).map((parts) => parts.join("") || "k");
const column = (field: ManifestField) =>
  field === "Bucket"
    ? bucket
    : field === "Key"
      ? mostly(key, fc.constant(""))
      : mostly(fc.constantFrom("null", "v1.x%zz", "3/L4kq"), fc.constantFrom("", "é", '"q"'));
const row = (fields: ManifestField[]) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.tuple(...fields.map(column)).map((columns) => columns.join(",")) },
    { weight: 5, arbitrary: fc.constantFrom("", "\r") },
    fc.tuple(...fields.map(column)).map((columns) => columns.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")),
    fc.constantFrom("Bucket,Key", "\uFEFFphotos,k", "photos", "photos,k,v,w,x,y", fields.map(() => "key").join(",")),
  );
const manifest = fc.constantFrom(...fieldLists).chain((fields) =>
  fc.record({
    fields: fc.constant(fields),
    rows: fc.array(row(fields), { maxLength: 20 }),
    lineBreak: fc.constantFrom("\n", "\r\n"),
    ending: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 }),
  }),
);

describe("the scanner and the row parser", () => {
  it("take and refuse the same rows at the same places, however the bytes arrive", () => {
    let whole = 0;
    fc.assert(
      fc.property(manifest, ({ fields, rows, lineBreak, ending, sizes }) => {
        const bytes = Buffer.from(rows.join(lineBreak) + (ending ? lineBreak : ""));
        const { told: _, ...scanned } = scan(bytes, sizes, fields);
        expect(scanned).toEqual(readByLines(bytes, fields));
        if (scanned.refused === null && scanned.rows > perChunk) whole += 1;
      }),
      { numRuns: 3_000 },
    );
    // Otherwise the property would speak of refusals alone.
    expect(whole).toBeGreaterThan(300);
  });

  it("agree on any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (tail, size) => {
        const bytes = Buffer.concat([Buffer.from("photos,a\nphotos,"), tail, Buffer.from("\n")]);
        const { told: _, ...scanned } = scan(bytes, [size], ["Bucket", "Key"]);
        expect(scanned).toEqual(readByLines(bytes, ["Bucket", "Key"]));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    [1_020, "k", null],
    [1_021, "k", "has a key of 1025 bytes; S3 allows at most 1024"],
    [1_020, "%20", null],
    [1_021, "%20", "has a key of 1025 bytes; S3 allows at most 1024"],
    [255, "%F0%9F%9A%A2", null],
    [256, "%F0%9F%9A%A2", "has a key of 1028 bytes; S3 allows at most 1024"],
  ])("count four letters and %i times %s alike", (count, part, refusal) => {
    const bytes = Buffer.from(`photos,a\nphotos,abcd${part.repeat(count)}\n`);
    expect(scan(bytes, [1_000], ["Bucket", "Key"]).refused).toEqual(refusal && [2, refusal]);
    expect(readByLines(bytes, ["Bucket", "Key"]).refused).toEqual(refusal && [2, refusal]);
  });
});

it.each([
  ["in one piece", 1e9],
  ["in many pieces", 1_000],
])("refuses a line that can be no row, %s, with a line break or without", (_name, size) => {
  for (const end of ["\nphotos,b\n", ""]) {
    const bytes = Buffer.from(`photos,a,x\nphotos,b,${"x".repeat(maxRowBytes)}${end}`);
    expect(scan(bytes, [size], ["Bucket", "Key", "Ignore"])).toMatchObject({ rows: 1, refused: [2, expect.stringContaining("is longer than 65536 bytes")] });
  }
});

it("tells the first rows, and the first one of each bucket", () => {
  const rows = ["photos,1", "photos,2", "photos,3", "photos,4", "music,5", "music,6"];
  expect(scan(Buffer.from(rows.join("\n")), [7], ["Bucket", "Key"], 2).told.map((task) => task.key)).toEqual(["1", "2", "5", "6"]);
});
