export const minChunkRows = 1_000;
/** A job of any size has at most about this many chunks, so its rows in the database stay few. */
export const maxChunks = 10_000;

/** Rows and bytes of the manifest that make one chunk; `byteEnd` is exclusive, `firstRow` counts from 1. */
export interface ChunkRange {
  firstRow: number;
  rows: number;
  byteStart: number;
  byteEnd: number;
}

/** Cuts a manifest into chunks as its rows go by. @param manifestBytes its whole size */
export function createChunkCutter(manifestBytes: number): { add(start: number, end: number): ChunkRange | null; finish(): ChunkRange | null; rows(): number } {
  const minBytes = Math.ceil(manifestBytes / maxChunks);
  let row = 0;
  let open: ChunkRange | null = null;

  return {
    add(start, end) {
      row += 1;
      open ??= { firstRow: row, rows: 0, byteStart: start, byteEnd: end };
      open.rows += 1;
      open.byteEnd = end;
      if (open.rows < minChunkRows || open.byteEnd - open.byteStart < minBytes) return null;
      const full = open;
      open = null;
      return full;
    },
    finish() {
      const last = open;
      open = null;
      return last;
    },
    rows: () => row,
  };
}
