/** The value of a hexadecimal digit by its ASCII code; -1 for any other byte. */
const digits = new Int8Array(256).fill(-1);
for (const [value, digit] of [..."0123456789abcdef"].entries()) {
  digits[digit.charCodeAt(0)] = value;
  digits[digit.toUpperCase().charCodeAt(0)] = value;
}

const digitAt = (bytes: Int8Array, at: number): number => digits[(bytes[at] ?? 0) & 0xff] as number;

/** The byte that `%XX` at `at` stands for; negative when there is none. */
function escapedByte(bytes: Int8Array, at: number): number {
  if (bytes[at] !== 0x25) return -1;
  const high = digitAt(bytes, at + 1);
  const low = digitAt(bytes, at + 2);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/**
 * How many bytes the character has whose escapes begin at `at`: `%20` 1, `%C3%A9` 2. Takes what decodeURIComponent takes.
 * @returns 0 when they are not URL-encoded UTF-8
 */
export function escapedBytes(bytes: Int8Array, at: number): number {
  const lead = escapedByte(bytes, at);
  if (lead < 0) return 0;
  if (lead < 0x80) return 1;
  // Overlong forms begin with C0 and C1, and nothing is encoded above F4.
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const count = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = escapedByte(bytes, at + 3);
  // The other overlong forms, surrogates, and what lies past the last code point.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let index = 2; index < count; index += 1) {
    const byte = escapedByte(bytes, at + 3 * index);
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return count;
}
