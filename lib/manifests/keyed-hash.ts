/** 64 bits, as two numbers of 32. */
export interface Hash {
  high: number;
  low: number;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/**
 * HalfSipHash-1-3 with an output of 64 bits: who does not know the key cannot write texts that collide, and others do so by
 * chance only. Some 0.2 µs for a row.
 * @param key eight random bytes
 * @returns a function that writes the hash of `bytes[0, length)` to `hash`
 */
export function createKeyedHash(key: Uint8Array): (bytes: Uint8Array, length: number, hash: Hash) => void {
  const words = new DataView(key.buffer, key.byteOffset, 8);
  const k0 = words.getInt32(0, true);
  const k1 = words.getInt32(4, true);

  return (bytes, length, hash) => {
    let v0 = k0;
    let v1 = k1 ^ 0xee;
    let v2 = 0x6c796765 ^ k0;
    let v3 = 0x74656462 ^ k1;
    const round = () => {
      v0 = (v0 + v1) | 0;
      v1 = rotate(v1, 5) ^ v0;
      v0 = rotate(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotate(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotate(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotate(v1, 13) ^ v2;
      v2 = rotate(v2, 16);
    };
    const whole = length & ~3;
    for (let at = 0; at < whole; at += 4) {
      const word = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
      v3 ^= word;
      round();
      v0 ^= word;
    }
    let last = (length & 0xff) << 24;
    for (let at = whole; at < length; at += 1) last |= (bytes[at] as number) << (8 * (at - whole));
    v3 ^= last;
    round();
    v0 ^= last;
    v2 ^= 0xee;
    round();
    round();
    round();
    hash.low = (v1 ^ v3) >>> 0;
    v1 ^= 0xdd;
    round();
    round();
    round();
    hash.high = (v1 ^ v3) >>> 0;
  };
}
