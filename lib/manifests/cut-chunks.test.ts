import fc from "fast-check";
import { expect, it } from "vitest";
import { type ChunkRange, chunkRows, createChunkCutter, minChunkRows } from "./cut-chunks.ts";

function cut(rows: number, rowBytes: number): readonly ChunkRange[] {
  const cutter = createChunkCutter();
  while (cutter.fullAt < rows) cutter.cut(cutter.fullAt, cutter.fullAt * rowBytes);
  cutter.cut(rows, rows * rowBytes);
  return cutter.chunks;
}

it("covers every row once, in order, without a gap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000_000 }), fc.integer({ min: 4, max: 300 }), (rows, rowBytes) => {
      let next = 0;
      for (const chunk of cut(rows, rowBytes)) {
        expect(chunk).toMatchObject({ firstRow: next + 1, byteStart: next * rowBytes });
        next += chunk.rows;
        expect(chunk.byteEnd).toBe(next * rowBytes);
      }
      expect(next).toBe(rows);
    }),
  );
});

it.each([
  [0, 0],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [10_000, 8],
  [1_000_000, 99],
  [20_000_000, 447],
  [20_000_000_000, 14_144],
])("cuts %i rows into %i chunks", (rows, chunks) => {
  expect(cut(rows, 83)).toHaveLength(chunks);
});

it("begins small, and no chunk is smaller than the one before, but the last", () => {
  const rows = cut(3_000_000, 83).map((chunk) => chunk.rows);
  expect(rows.slice(0, 2)).toEqual([minChunkRows, minChunkRows]);
  expect(rows.slice(0, -1)).toEqual(rows.slice(0, -1).toSorted((a, b) => a - b));
});

it("has room for the largest manifest in a chunk's number of rows", () => {
  expect(chunkRows(1e12)).toBeLessThan(2 ** 31);
});
