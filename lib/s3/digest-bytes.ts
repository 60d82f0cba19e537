import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { createCRC32, createCRC64, createXXHash3, createXXHash64, createXXHash128, type IHasher } from "hash-wasm";
import type { Bytes, ChecksumAlgorithm, Digest } from "../operations/operation.ts";
import { readBytes } from "./read-bytes.ts";
import type { StreamClient } from "./stream-client.ts";

/** A checksum under way; a copy goes on by itself. */
interface Running {
  update(piece: Uint8Array): void;
  copy(): Promise<Running>;
  end(): Promise<Uint8Array>;
}

/** As the polynomials are written with their lowest power first. */
const crc32cPolynomial = 0x82f63b78;
const crc64NvmePolynomial = "9a6c9329ac4bc9b5";

const begin: Record<ChecksumAlgorithm, () => Promise<Running>> = {
  CRC32: async () => runningCrc32(0),
  CRC32C: () => runningWasm(() => createCRC32(crc32cPolynomial)),
  CRC64NVME: () => runningWasm(() => createCRC64(crc64NvmePolynomial)),
  MD5: async () => runningNode(createHash("md5")),
  SHA1: async () => runningNode(createHash("sha1")),
  SHA256: async () => runningNode(createHash("sha256")),
  SHA512: async () => runningNode(createHash("sha512")),
  XXHASH64: () => runningWasm(() => createXXHash64()),
  XXHASH3: () => runningWasm(() => createXXHash3()),
  XXHASH128: () => runningWasm(() => createXXHash128()),
};

function runningCrc32(before: number): Running {
  let value = before;
  return {
    update(piece) {
      value = crc32(piece, value);
    },
    copy: async () => runningCrc32(value),
    async end() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

const runningNode = (hash: Hash): Running => ({
  update: (piece) => void hash.update(piece),
  copy: async () => runningNode(hash.copy()),
  end: async () => hash.copy().digest(),
});

async function runningWasm(create: () => Promise<IHasher>, state?: Uint8Array): Promise<Running> {
  const hasher = await create();
  if (state) hasher.load(state);
  else hasher.init();
  return {
    update: (piece) => void hasher.update(piece),
    copy: () => runningWasm(create, hasher.save()),
    async end() {
      const copy = await create();
      return copy.load(hasher.save()).digest("binary");
    },
  };
}

class Reading implements Digest {
  readonly running: ReadonlyMap<ChecksumAlgorithm, Running>;
  constructor(running: ReadonlyMap<ChecksumAlgorithm, Running>) {
    this.running = running;
  }
  async value(algorithm: ChecksumAlgorithm): Promise<Uint8Array> {
    const found = this.running.get(algorithm);
    if (!found) throw new Error(`${algorithm} was not read`);
    return found.end();
  }
}

/** @returns `known` with these bytes after it */
export async function digestPieces(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  algorithms: readonly ChecksumAlgorithm[],
  known: Digest | null,
): Promise<Digest> {
  const before = known instanceof Reading ? known.running : null;
  const running = new Map<ChecksumAlgorithm, Running>();
  for (const algorithm of algorithms) running.set(algorithm, (await before?.get(algorithm)?.copy()) ?? (await begin[algorithm]()));
  for await (const piece of pieces) for (const one of running.values()) one.update(piece);
  return new Reading(running);
}

/** @throws StepFailure, StepRetry */
export const digestBytes = (
  client: StreamClient,
  source: Bytes,
  algorithms: readonly ChecksumAlgorithm[],
  known: Digest | null,
  signal: AbortSignal,
): Promise<Digest> => digestPieces(readBytes(client, source, signal), algorithms, known);
