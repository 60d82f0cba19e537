import fc from "fast-check";
import { expect, it } from "vitest";
import { type ChunkRange, createChunkCutter, maxChunks, minChunkRows } from "./cut-chunks.ts";

function cut(rows: number, rowBytes: number): ChunkRange[] {
  const cutter = createChunkCutter(rows * rowBytes);
  const chunks: ChunkRange[] = [];
  for (let row = 0; row < rows; row += 1) {
    const chunk = cutter.add(row * rowBytes, (row + 1) * rowBytes);
    if (chunk) chunks.push(chunk);
  }
  const last = cutter.finish();
  return last ? [...chunks, last] : chunks;
}

it("covers every row once, in order, without a gap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 4, max: 300 }), (rows, rowBytes) => {
      const chunks = cut(rows, rowBytes);
      let next = 0;
      for (const chunk of chunks) {
        expect(chunk).toMatchObject({ firstRow: next + 1, byteStart: next * rowBytes });
        next += chunk.rows;
        expect(chunk.byteEnd).toBe(next * rowBytes);
      }
      expect(next).toBe(rows);
    }),
    { numRuns: 30 },
  );
});

it("keeps chunks few, however large the job", () => {
  expect(cut(10_000, 50)).toHaveLength(10_000 / minChunkRows);
  expect(cut(30_000_000, 10).length).toBeLessThanOrEqual(maxChunks + 1);
});
