import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedHash, type Hash } from "./keyed-hash.ts";

const hashOf = (key: Uint8Array, bytes: Uint8Array, length = bytes.length): string => {
  const hash: Hash = { high: 0, low: 0 };
  createKeyedHash(key)(bytes, length, hash);
  return `${hash.high.toString(16)} ${hash.low.toString(16)}`;
};

/** The same, written as its authors do: with big integers, modulo 2^32. */
function reference(key: Uint8Array, bytes: Uint8Array): string {
  const mask = 0xffffffffn;
  const word = (from: Uint8Array, at: number) => [0, 1, 2, 3].reduce((sum, index) => sum | (BigInt(from[at + index] ?? 0) << BigInt(8 * index)), 0n);
  const rot = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & mask;
  let [v0, v1, v2, v3] = [word(key, 0), word(key, 4) ^ 0xeen, word(key, 0) ^ 0x6c796765n, word(key, 4) ^ 0x74656462n];
  const rounds = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      v0 = (v0 + v1) & mask;
      v1 = rot(v1, 5n) ^ v0;
      v0 = rot(v0, 16n);
      v2 = (v2 + v3) & mask;
      v3 = rot(v3, 8n) ^ v2;
      v0 = (v0 + v3) & mask;
      v3 = rot(v3, 7n) ^ v0;
      v2 = (v2 + v1) & mask;
      v1 = rot(v1, 13n) ^ v2;
      v2 = rot(v2, 16n);
    }
  };
  const padded = new Uint8Array((bytes.length & ~3) + 4);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 0xff;
  for (let at = 0; at < padded.length; at += 4) {
    v3 ^= word(padded, at);
    rounds(1);
    v0 ^= word(padded, at);
  }
  v2 ^= 0xeen;
  rounds(3);
  const low = v1 ^ v3;
  v1 ^= 0xddn;
  rounds(3);
  return `${(v1 ^ v3).toString(16)} ${low.toString(16)}`;
}

describe("the keyed hash", () => {
  it("is HalfSipHash", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.uint8Array({ maxLength: 70 }), (key, bytes) => {
        expect(hashOf(key, bytes)).toBe(reference(key, bytes));
      }),
    );
  });

  it("looks at no byte past the length", () => {
    const key = randomBytes(8);
    expect(hashOf(key, Buffer.from("abcdeXYZ"), 5)).toBe(hashOf(key, Buffer.from("abcde")));
  });

  it("differs by its key, and meets no hash twice among many", () => {
    expect(hashOf(Buffer.alloc(8, 1), Buffer.from("a"))).not.toBe(hashOf(Buffer.alloc(8, 2), Buffer.from("a")));
    const key = randomBytes(8);
    const seen = new Set(Array.from({ length: 50_000 }, (_, index) => hashOf(key, Buffer.from(`bucket\0key ${index}\0`))));
    expect(seen.size).toBe(50_000);
  });
});
