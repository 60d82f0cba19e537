import type { Task } from "../operations/operation.ts";
import type { ChunkCutter } from "./cut-chunks.ts";
import { createRowParser, type ManifestField, maxRowBytes, RowError } from "./parse-row.ts";
import { passBucket, passKey, passText } from "./plain-columns.ts";

const newline = 0x0a;
const carriageReturn = 0x0d;

export interface RowScanner {
  /** @throws RowError about the line number `line` */
  push(piece: Buffer): void;
  /** The last line may have no line break. @throws RowError */
  finish(): void;
  /** Rows so far. */
  readonly rows: number;
  /** The line that was looked at last, counted from 1 with empty ones: as an editor shows it. */
  readonly line: number;
}

/**
 * Validates a manifest as it goes by, and has it cut into chunks. A row that has nothing odd is checked on its bytes and never
 * becomes a string; any other goes to the row parser, so both ways take and refuse the same rows.
 * @param sampleRows the first so many rows go to the row parser in any case
 * @param onTask told of each row that went to the row parser, the first one of each bucket among them
 */
export function createRowScanner(
  fields: readonly ManifestField[],
  cutter: ChunkCutter,
  sampleRows: number,
  onTask: (task: Task, line: number) => void,
): RowScanner {
  const parse = createRowParser(fields);
  const last = fields.length - 1;
  const usual = fields.join() === "Bucket,Key";
  /** Of the row before. Empty until there is one, which keeps the first row from the fast way: it may be a header. */
  let bucket = new Int8Array(0);
  let bucketText = "";
  let rest: Buffer = Buffer.alloc(0);
  let rows = 0;
  let line = 0;
  /** Of the first byte that is not scanned yet, in the manifest. */
  let position = 0;

  /** @returns where the next row begins; -1 when this one needs a closer look. There is a newline at or after `from`. */
  function scanPlainRow(bytes: Int8Array, from: number): number {
    if (!usual) return scanColumns(bytes, from);
    const comma = passBucket(bytes, from, bucket);
    if (comma < 0 || bytes[comma] !== 0x2c) return -1;
    const end = passKey(bytes, comma + 1);
    return end < 0 || bytes[end] !== 0x0a ? -1 : end + 1;
  }

  function scanColumns(bytes: Int8Array, from: number): number {
    let at = from;
    for (let column = 0; column <= last; column += 1) {
      const field = fields[column];
      const end = field === "Bucket" ? passBucket(bytes, at, bucket) : field === "Key" ? passKey(bytes, at) : passText(bytes, at);
      if (end < 0 || bytes[end] !== (column === last ? 0x0a : 0x2c)) return -1;
      if (end === at && field === "VersionId") return -1;
      at = end + 1;
    }
    return at - from > maxRowBytes ? -1 : at;
  }

  /** A line [from, end) without its newline. @returns whether it was a row */
  function readRow(bytes: Buffer, from: number, end: number, start: number): boolean {
    if (end - from > maxRowBytes) throw tooLong();
    const till = end > from && bytes[end - 1] === carriageReturn ? end - 1 : end;
    let text = bytes.toString("utf8", from, till);
    if (start === 0 && text.startsWith("\uFEFF")) text = text.slice(1);
    if (text === "") return false;
    const task = parse(text);
    if (task.bucket !== bucketText) {
      bucketText = task.bucket;
      bucket = Int8Array.from(Buffer.from(bucketText));
    }
    onTask(task, line);
    return true;
  }

  /** Whole lines only: the last byte is a newline. */
  function scanLines(bytes: Buffer): void {
    const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    let at = 0;
    let count = rows;
    let fullAt = cutter.fullAt;
    while (at < bytes.length) {
      line += 1;
      const next = count < sampleRows ? -1 : scanPlainRow(signed, at);
      if (next > 0) {
        at = next;
        count += 1;
      } else {
        rows = count;
        const end = bytes.indexOf(newline, at);
        if (readRow(bytes, at, end, position + at)) count += 1;
        at = end + 1;
      }
      if (count === fullAt) {
        cutter.cut(count, position + at);
        fullAt = cutter.fullAt;
      }
    }
    rows = count;
    position += bytes.length;
  }

  return {
    push(piece) {
      const first = piece.indexOf(newline);
      if (first < 0) {
        rest = Buffer.concat([rest, piece]);
      } else {
        const from = rest.length === 0 ? 0 : first + 1;
        if (from > 0) scanLines(Buffer.concat([rest, piece.subarray(0, from)]));
        const till = piece.lastIndexOf(newline) + 1;
        if (till > from) scanLines(piece.subarray(from, till));
        rest = Buffer.from(piece.subarray(till));
      }
      if (rest.length <= maxRowBytes) return;
      line += 1;
      throw tooLong();
    },
    finish() {
      // Only a line break is missing, which is no part of the manifest's bytes.
      if (rest.length > 0) {
        line += 1;
        const end = position + rest.length;
        if (readRow(rest, 0, rest.length, position)) rows += 1;
        position = end;
      }
      cutter.cut(rows, position);
    },
    get rows() {
      return rows;
    },
    get line() {
      return line;
    },
  };
}

const tooLong = (): RowError => new RowError(`is longer than ${maxRowBytes} bytes. Is this a CSV?`);
