import { maxKeyBytes } from "./parse-row.ts";
import { escapedBytes } from "./percent-escapes.ts";

/*
 * The scanner's inner loops: each passes over one column of a row and returns where it ends, or -1 for what only the row parser
 * can judge. There is a newline ahead. Bytes are signed, so that those outside ASCII are negative, and all bytes that mean
 * something are at most a comma: one comparison passes over most of a row. Numbers are written out, since the compiler
 * does not keep a module's constants in registers across a loop.
 */

/** Past the bucket of the row before; it is not looked at otherwise. */
export function passBucket(bytes: Int8Array, from: number, bucket: Int8Array): number {
  const length = bucket.length;
  if (length === 0) return -1;
  for (let index = 0; index < length; index += 1) if (bytes[from + index] !== bucket[index]) return -1;
  return from + length;
}

/** Past a key, which is URL-encoded and has 1 to 1,024 bytes. */
export function passKey(bytes: Int8Array, from: number): number {
  let at = from;
  let saved = 0;
  for (;;) {
    while ((bytes[at] as number) > 0x2c) at += 1;
    const byte = bytes[at] as number;
    if (byte === 0x0a || byte === 0x2c) break;
    if (byte === 0x25) {
      const count = escapedBytes(bytes, at);
      if (count === 0) return -1;
      at += 3 * count;
      saved += 2 * count;
      continue;
    }
    if (byte < 0 || byte === 0x22 || byte === 0x0d) return -1;
    at += 1;
  }
  const length = at - from - saved;
  return length === 0 || length > maxKeyBytes ? -1 : at;
}

/** Past any other column. */
export function passText(bytes: Int8Array, from: number): number {
  let at = from;
  for (;;) {
    while ((bytes[at] as number) > 0x2c) at += 1;
    const byte = bytes[at] as number;
    if (byte === 0x0a || byte === 0x2c) return at;
    if (byte < 0 || byte === 0x22 || byte === 0x0d) return -1;
    at += 1;
  }
}
