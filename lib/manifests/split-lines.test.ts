import fc from "fast-check";
import { expect, it } from "vitest";
import { RowError } from "./parse-row.ts";
import { splitLines } from "./split-lines.ts";

interface Line {
  text: string;
  start: number;
  end: number;
}

async function* pieces(bytes: Buffer, sizes: number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? bytes.length);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function read(bytes: Buffer, sizes = [bytes.length], offset = 0): Promise<Line[]> {
  const all: Line[] = [];
  for await (const lines of splitLines(pieces(bytes, sizes), offset)) while (lines.next()) all.push({ text: lines.text, start: lines.start, end: lines.end });
  return all;
}
const texts = async (text: string): Promise<string[]> => (await read(Buffer.from(text))).map((line) => line.text);

it("takes both line breaks, a last line without one, a byte-order mark, and leaves out empty lines", async () => {
  expect(await texts("a\nb\r\nc")).toEqual(["a", "b", "c"]);
  expect(await texts("\uFEFFa\n\n\r\nb\n")).toEqual(["a", "b"]);
  expect(await texts("")).toEqual([]);
});

it("refuses a line that can be no row", async () => {
  await expect(texts("x".repeat(70_000))).rejects.toThrow(RowError);
});

it("gives the same lines however the bytes arrive, and each at its place", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !/[\r\n\uFEFF]/.test(text))),
      fc.constantFrom("\n", "\r\n"),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      async (rows, lineBreak, sizes) => {
        const bytes = Buffer.from(rows.map((row) => row + lineBreak).join(""));
        const lines = await read(bytes, sizes);
        expect(lines.map((line) => line.text)).toEqual(rows.filter((row) => row !== ""));
        for (const line of lines) {
          const [again] = await read(bytes.subarray(line.start, line.end), [7], line.start);
          expect(again).toEqual(line);
        }
      },
    ),
  );
});
