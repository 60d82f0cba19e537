import { maxRowBytes, RowError } from "./parse-row.ts";

/** A line and its place in the manifest, in bytes; `end` is past its line break. */
export interface Line {
  text: string;
  start: number;
  end: number;
  /** Counted from 1 where the stream begins, empty lines included: as an editor shows it. */
  number: number;
}

const newline = 10;

/**
 * Lines of a byte stream, in batches (one per piece that arrives) so that a row costs no await. Takes \n and \r\n,
 * leaves out empty lines and a byte-order mark at the manifest's start.
 * @param offset where in the manifest the stream begins
 * @throws RowError when a line is longer than any row can be
 */
export async function* splitLines(stream: AsyncIterable<Uint8Array>, offset = 0): AsyncGenerator<Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let position = offset;
  let number = 0;

  const take = (bytes: Buffer, from: number, to: number, start: number, end: number, into: Line[]) => {
    number += 1;
    let text = bytes.toString("utf8", from, bytes[to - 1] === 13 ? to - 1 : to);
    if (start === 0 && text.startsWith("\uFEFF")) text = text.slice(1);
    if (text !== "") into.push({ text, start, end, number });
  };

  for await (const piece of stream) {
    const bytes = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([rest, piece]);
    const lines: Line[] = [];
    let from = 0;
    for (let to = bytes.indexOf(newline); to >= 0; to = bytes.indexOf(newline, from)) {
      take(bytes, from, to, position + from, position + to + 1, lines);
      from = to + 1;
    }
    position += from;
    rest = bytes.subarray(from);
    if (lines.length > 0) yield lines;
    // After the yield, so that the reader has counted every row before this one.
    if (rest.length > maxRowBytes) throw new RowError(`is longer than ${maxRowBytes} bytes. Is this a CSV?`);
  }
  if (rest.length > 0) {
    const lines: Line[] = [];
    take(rest, 0, rest.length, position, position + rest.length, lines);
    if (lines.length > 0) yield lines;
  }
}
