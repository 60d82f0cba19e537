import type { Task } from "../operations/operation.ts";
import { createKeyedHash, type Hash } from "./keyed-hash.ts";
import { maxRowBytes } from "./parse-row.ts";

export interface SeenObjects {
  /** @returns whether the object was seen before, at the same version; false for one that is another part's */
  add(task: Task): boolean;
}

/**
 * Remembers objects by a keyed hash of 64 bits: that any two of 20 million differ and look alike has a chance of 1 in 90,000.
 * A part of them at a time, and the parts are disjoint: reading the rows several times bounds the memory.
 * @param capacity objects that a part may have, some 17 to 32 bytes for each; `add` throws past it
 * @param key eight random bytes, the same for all parts of one count
 * @param part of so many parts, from 0
 */
export function createSeenObjects(capacity: number, key: Uint8Array, part = { index: 0, of: 1 }): SeenObjects {
  // Half full at most.
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * capacity)));
  /** High and low halves beside each other; both 0 is a free slot. */
  const table = new Uint32Array(2 * slots);
  const hashBytes = createKeyedHash(key);
  const hash: Hash = { high: 0, low: 0 };
  const text = Buffer.allocUnsafeSlow(maxRowBytes + 2);
  let count = 0;

  return {
    add({ bucket, key: name, versionId = "" }) {
      // None of the three can hold a NUL but a key, which stands last.
      let length = text.write(bucket, 0);
      text[length] = 0;
      length += 1;
      length += text.write(versionId, length);
      text[length] = 0;
      length += 1;
      length += text.write(name, length);
      hashBytes(text, length, hash);
      // By bits that the slot does not go by.
      if (part.of > 1 && hash.high % part.of !== part.index) return false;
      const high = hash.high;
      const low = high === 0 && hash.low === 0 ? 1 : hash.low;
      for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
        if (table[2 * slot] === high && table[2 * slot + 1] === low) return true;
        if (table[2 * slot] !== 0 || table[2 * slot + 1] !== 0) continue;
        if (2 * count >= slots) throw new RangeError("more objects than there is room for");
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
        count += 1;
        return false;
      }
    },
  };
}
