import { hash } from "node:crypto";

const blockBytes = 64;
const hashBytes = 32;

export interface HmacSha256 {
  digest(text: string): Buffer;
  /** Keeps what a run of texts begins with. ASCII only. */
  begin(start: string): void;
  /** @returns the HMAC (hex) of what was begun and the 64 hex digits of `hexHash` */
  end(hexHash: string): string;
}

/** HMAC-SHA256 under one key, whose two padded blocks are kept: nothing but the two hashes is done for each text. */
export function createHmacSha256(key: string | Buffer): HmacSha256 {
  const bytes = typeof key === "string" ? Buffer.from(key) : key;
  const block = Buffer.alloc(blockBytes);
  (bytes.length > blockBytes ? hash("sha256", bytes, "buffer") : bytes).copy(block);
  const outer = Buffer.alloc(blockBytes + hashBytes);
  const innerPad = Buffer.alloc(blockBytes);
  for (let index = 0; index < blockBytes; index += 1) {
    innerPad[index] = (block[index] as number) ^ 0x36;
    outer[index] = (block[index] as number) ^ 0x5c;
  }
  let inner: Buffer = Buffer.alloc(0);

  return {
    digest(text) {
      outer.set(hash("sha256", Buffer.concat([innerPad, Buffer.from(text)]), "buffer"), blockBytes);
      return hash("sha256", outer, "buffer");
    },
    begin(start) {
      inner = Buffer.concat([innerPad, Buffer.from(start, "latin1"), Buffer.alloc(hashBytes * 2)]);
    },
    end(hexHash) {
      inner.write(hexHash, inner.length - hashBytes * 2, "latin1");
      // As text: a Buffer for 32 bytes would cost more than the hash.
      outer.write(hash("sha256", inner, "binary"), blockBytes, "latin1");
      return hash("sha256", outer, "hex");
    },
  };
}
