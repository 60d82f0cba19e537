import { createHmac, hash } from "node:crypto";

export interface Scope {
  date: string;
  region: string;
  service: string;
}

/** An HMAC key as its two padded blocks: `crypto.hash` over them costs a fraction of `createHmac`. */
export interface SigningKey {
  inner: Buffer;
  outer: Buffer;
}

const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** Where what is hashed is laid out: one hash at a time, and far from a megabyte. */
const scratch = Buffer.alloc(64 * 1024);

/** A block, text and nothing between, as bytes that last until the next call. */
function laidOut(block: Buffer | null, text: string, encoding: "latin1" | "utf8"): Buffer {
  const size = block?.length ?? 0;
  // UTF-8 takes three bytes for a UTF-16 unit at the most.
  if (size + text.length * 3 > scratch.length) return Buffer.concat([block ?? Buffer.alloc(0), Buffer.from(text, encoding)]);
  block?.copy(scratch);
  return scratch.subarray(0, size + scratch.write(text, size, encoding));
}

/** The digest of text as latin1, or of bytes. */
export const sha256Hex = (data: string | Uint8Array): string => hash("sha256", typeof data === "string" ? laidOut(null, data, "latin1") : data, "hex");

export const scopeText = (scope: Scope): string => `${scope.date}/${scope.region}/${scope.service}/aws4_request`;

function padded(key: Buffer): SigningKey {
  const block = Buffer.alloc(64);
  key.copy(block);
  return { inner: Buffer.from(block.map((byte) => byte ^ 0x36)), outer: Buffer.from(block.map((byte) => byte ^ 0x5c)) };
}

/** HMAC-SHA256 in hexadecimal. */
export const sign = (key: SigningKey, text: string): string =>
  hash("sha256", Buffer.concat([key.outer, hash("sha256", laidOut(key.inner, text, "utf8"), "buffer")]), "hex");

const cache = new Map<string, SigningKey>();

/** The key of a day, region and service; kept, since a client signs thousands of requests with it. */
export function signingKey(secret: string, scope: Scope): SigningKey {
  const name = `${secret}\n${scopeText(scope)}`;
  let key = cache.get(name);
  if (!key) {
    if (cache.size > 1000) cache.clear();
    key = padded(mac(mac(mac(mac(`AWS4${secret}`, scope.date), scope.region), scope.service), "aws4_request"));
    cache.set(name, key);
  }
  return key;
}
