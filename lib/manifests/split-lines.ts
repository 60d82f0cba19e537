import { maxRowBytes, RowError } from "./parse-row.ts";

const newline = 10;
const carriageReturn = 13;

/** Walks through the lines of one piece of a manifest. A line becomes a string only when it is asked for: none piles up. */
export class Lines {
  text = "";
  /** Places of the line in the manifest, in bytes; `end` is past its line break. */
  start: number;
  end: number;
  readonly #bytes: Buffer;
  readonly #offset: number;

  /** @param offset of the first byte, in the manifest */
  constructor(bytes: Buffer, offset: number) {
    this.#bytes = bytes;
    this.#offset = offset;
    this.start = offset;
    this.end = offset;
  }

  /** The line's bytes with its line break, as they came: valid only while the batch is. */
  get raw(): Buffer {
    return this.#bytes.subarray(this.start - this.#offset, this.end - this.#offset);
  }

  /** Whether the line has its line break: one without it may have been cut off. */
  get ended(): boolean {
    return this.#bytes[this.end - this.#offset - 1] === newline;
  }

  /** Goes to the next line that is not empty. @returns false when there is none */
  next(): boolean {
    const bytes = this.#bytes;
    for (let from = this.end - this.#offset; from < bytes.length; ) {
      const found = bytes.indexOf(newline, from);
      const to = found < 0 ? bytes.length : found;
      this.start = this.#offset + from;
      from = found < 0 ? to : to + 1;
      this.end = this.#offset + from;
      this.text = bytes.toString("utf8", this.start - this.#offset, bytes[to - 1] === carriageReturn ? to - 1 : to);
      if (this.start === 0 && this.text.startsWith("\uFEFF")) this.text = this.text.slice(1);
      if (this.text !== "") return true;
    }
    return false;
  }
}

/**
 * Lines of a byte stream, in batches (one per piece that arrives) so that a row costs no await. Takes \n and \r\n,
 * leaves out empty lines and a byte-order mark at the manifest's start.
 * @param offset where in the manifest the stream begins
 * @throws RowError when a line is longer than any row can be
 */
export async function* splitLines(stream: AsyncIterable<Uint8Array>, offset = 0): AsyncGenerator<Lines> {
  let rest: Buffer = Buffer.alloc(0);
  let position = offset;
  for await (const piece of stream) {
    const bytes = rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength) : Buffer.concat([rest, piece]);
    const whole = bytes.lastIndexOf(newline) + 1;
    rest = bytes.subarray(whole);
    if (whole > 0) yield new Lines(bytes.subarray(0, whole), position);
    position += whole;
    // After the yield, so that the reader has counted every row before this one.
    if (rest.length > maxRowBytes) throw new RowError(`is longer than ${maxRowBytes} bytes. Is this a CSV?`);
  }
  if (rest.length > 0) yield new Lines(rest, position);
}
