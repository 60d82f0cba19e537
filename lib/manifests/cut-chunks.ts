/** The first chunks are small, so that a job that fails everywhere is noticed after this many tasks. */
export const minChunkRows = 1_000;

/** Rows and bytes of the manifest that make one chunk; `byteEnd` is exclusive, `firstRow` counts from 1. */
export interface ChunkRange {
  firstRow: number;
  rows: number;
  byteStart: number;
  byteEnd: number;
}

/**
 * How many rows the chunk after `rowsBefore` rows has. It grows with the square root, so that n rows make about √n ÷ 10 chunks:
 * 100 for a million, 14,000 for 20 billion. The manifest's size need not be known.
 */
export const chunkRows = (rowsBefore: number): number => Math.max(minChunkRows, Math.floor(20 * Math.sqrt(rowsBefore)));

export interface ChunkCutter {
  /** The chunks so far; they follow each other without a gap. */
  readonly chunks: readonly ChunkRange[];
  /** At so many rows, counted from the manifest's beginning, the present chunk is full. */
  fullAt: number;
  /** Ends the present chunk, if it has rows, after so many rows and bytes of the manifest. */
  cut(rows: number, byteEnd: number): void;
}

/** Cuts a manifest into chunks as its rows are counted. */
export function createChunkCutter(): ChunkCutter {
  const chunks: ChunkRange[] = [];
  let rowsBefore = 0;
  let byteStart = 0;
  return {
    chunks,
    fullAt: chunkRows(0),
    cut(rows, byteEnd) {
      if (rows === rowsBefore) return;
      chunks.push({ firstRow: rowsBefore + 1, rows: rows - rowsBefore, byteStart, byteEnd });
      rowsBefore = rows;
      byteStart = byteEnd;
      this.fullAt = rows + chunkRows(rows);
    },
  };
}
