import { createHash } from "node:crypto";
import { type SigningKey, sha256Hex, sign } from "../auth/signing-key.ts";
import { S3Error } from "../s3-error.ts";

const EMPTY_SHA256 = sha256Hex("");
const MAX_LINE = 16_384;

/** What each chunk's signature is chained to; absent for unsigned streams. */
export interface Chain {
  key: SigningKey;
  timestamp: string;
  scope: string;
  seed: string;
}

/** Reads lines and exact amounts from a stream of buffers. */
class ChunkReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #pull(): Promise<Buffer> {
    const next = await this.#source.next();
    if (next.done) throw new S3Error("IncompleteBody");
    return Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
  }

  async line(): Promise<string> {
    let end = this.#rest.indexOf("\n");
    while (end < 0) {
      if (this.#rest.length > MAX_LINE) throw new S3Error("InvalidRequest", "A chunk header of the aws-chunked body is too long.");
      this.#rest = Buffer.concat([this.#rest, await this.#pull()]);
      end = this.#rest.indexOf("\n");
    }
    const line = this.#rest.toString("latin1", 0, end);
    this.#rest = this.#rest.subarray(end + 1);
    return line.endsWith("\r") ? line.slice(0, -1) : line;
  }

  /** Up to `limit` bytes, at least one. */
  async some(limit: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = await this.#pull();
    const part = this.#rest.subarray(0, limit);
    this.#rest = this.#rest.subarray(part.length);
    return part;
  }

  /** Reads to the end of the source. @throws S3Error when anything but line ends is left. */
  async finish(): Promise<void> {
    let tail = this.#rest;
    for (;;) {
      if (/[^\r\n]/.test(tail.toString("latin1"))) throw new S3Error("InvalidRequest", "There is data after the end of the aws-chunked body.");
      const next = await this.#source.next();
      if (next.done) return;
      tail = Buffer.from(next.value);
    }
  }
}

function checkSignature(chain: Chain, kind: string, hashes: string, previous: string, given: string | undefined): string {
  const expected = sign(chain.key, `AWS4-HMAC-SHA256-${kind}\n${chain.timestamp}\n${chain.scope}\n${previous}\n${hashes}`);
  if (given !== expected) throw new S3Error("SignatureDoesNotMatch");
  return expected;
}

async function readTrailers(reader: ChunkReader, chain: Chain | undefined, previous: string): Promise<Map<string, string>> {
  const trailers = new Map<string, string>();
  for (let line = await reader.line(); line !== ""; line = await reader.line()) {
    const colon = line.indexOf(":");
    if (colon < 1) throw new S3Error("InvalidRequest", "A trailer of the aws-chunked body is malformed.");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const signature = trailers.get("x-amz-trailer-signature");
  trailers.delete("x-amz-trailer-signature");
  if (chain) {
    const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
    checkSignature(chain, "TRAILER", sha256Hex(canonical), previous, signature);
  }
  return trailers;
}

/**
 * The bytes inside an aws-chunked body. Signed chunks are verified as they end; trailers are handed over after the last byte.
 * @throws S3Error SignatureDoesNotMatch, IncompleteBody, InvalidRequest
 */
export async function* decodeChunked(
  source: AsyncIterable<Uint8Array>,
  options: { chain?: Chain; trailers?: (trailers: Map<string, string>) => void },
): AsyncGenerator<Uint8Array> {
  const { chain } = options;
  const reader = new ChunkReader(source);
  let previous = chain?.seed ?? "";
  for (;;) {
    const header = await reader.line();
    const match = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header);
    if (!match) throw new S3Error("InvalidRequest", "A chunk header of the aws-chunked body is malformed.");
    const size = Number.parseInt(match[1] as string, 16);
    const hash = createHash("sha256");
    for (let left = size; left > 0; ) {
      const part = await reader.some(left);
      left -= part.length;
      if (chain) hash.update(part);
      yield part;
    }
    if (chain) previous = checkSignature(chain, "PAYLOAD", `${EMPTY_SHA256}\n${hash.digest("hex")}`, previous, match[2]);
    if (size === 0) break;
    if ((await reader.line()) !== "") throw new S3Error("InvalidRequest", "A chunk of the aws-chunked body is longer than its header says.");
  }
  if (options.trailers) options.trailers(await readTrailers(reader, chain, previous));
  await reader.finish();
}
