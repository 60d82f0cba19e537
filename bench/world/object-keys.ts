import { objectPrefix, sourceBucket } from "../stub/nginx-config.ts";

/** As a data lake names its files; with the bucket, a manifest row of 83 bytes. */
export const objectKey = (index: number): string =>
  `${objectPrefix}2026/08/31/customer-${String(index % 1000).padStart(4, "0")}/part-${String(index).padStart(16, "0")}.snappy.parquet`;

export const manifestRow = (index: number): string => `${sourceBucket},${objectKey(index)}\n`;

/** A manifest's text in pieces of some hundred kilobytes. @param rows how many @param from number of the first */
export function* manifestText(rows: number, from = 0): Generator<Buffer> {
  const rowsAPiece = 4_000;
  for (let first = from; first < from + rows; first += rowsAPiece) {
    const last = Math.min(first + rowsAPiece, from + rows);
    let text = "";
    for (let index = first; index < last; index += 1) text += manifestRow(index);
    yield Buffer.from(text);
  }
}
