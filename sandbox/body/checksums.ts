import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { createXXHash3, createXXHash64, createXXHash128, type IHasher } from "hash-wasm";

export interface Checksum {
  update(data: Uint8Array): void;
  /** Base64, as the headers carry it. */
  digest(): string;
}

export const checksumAlgorithms = ["crc32", "crc32c", "crc64nvme", "sha1", "sha256", "sha512", "md5", "xxhash64", "xxhash3", "xxhash128"] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export const isChecksumAlgorithm = (name: string): name is ChecksumAlgorithm => (checksumAlgorithms as readonly string[]).includes(name);

function bigEndian(...words: number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => {
    bytes.writeUInt32BE(word >>> 0, index * 4);
  });
  return bytes.toString("base64");
}

const crc32cTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

/** CRC-64/NVME in two 32-bit halves, since BigInt is a hundred times slower. */
const crc64Low = new Uint32Array(256);
const crc64High = new Uint32Array(256);
for (let index = 0; index < 256; index += 1) {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit += 1) value = value & 1n ? (value >> 1n) ^ 0x9a6c9329ac4bc9b5n : value >> 1n;
  crc64Low[index] = Number(value & 0xffffffffn);
  crc64High[index] = Number(value >> 32n);
}

function crc32Checksum(): Checksum {
  let value = 0;
  return {
    update: (data) => {
      value = crc32(data, value);
    },
    digest: () => bigEndian(value),
  };
}

function crc32cChecksum(): Checksum {
  let value = -1;
  return {
    update: (data) => {
      for (let index = 0; index < data.length; index += 1) value = (value >>> 8) ^ (crc32cTable[(value ^ (data[index] as number)) & 255] as number);
    },
    digest: () => bigEndian(~value),
  };
}

function crc64Checksum(): Checksum {
  let low = -1;
  let high = -1;
  return {
    update: (data) => {
      for (let index = 0; index < data.length; index += 1) {
        const entry = (low ^ (data[index] as number)) & 255;
        low = ((low >>> 8) | (high << 24)) ^ (crc64Low[entry] as number);
        high = (high >>> 8) ^ (crc64High[entry] as number);
      }
    },
    digest: () => bigEndian(~high, ~low),
  };
}

function hashChecksum(name: string): Checksum {
  const hash = createHash(name);
  return {
    update: (data) => {
      hash.update(data);
    },
    digest: () => hash.digest("base64"),
  };
}

async function xxhashChecksum(create: () => Promise<IHasher>): Promise<Checksum> {
  const hasher = (await create()).init();
  return {
    update: (data) => {
      hasher.update(data);
    },
    digest: () => Buffer.from(hasher.digest("binary")).toString("base64"),
  };
}

const creators: Partial<Record<ChecksumAlgorithm, () => Checksum | Promise<Checksum>>> = {
  crc32: crc32Checksum,
  crc32c: crc32cChecksum,
  crc64nvme: crc64Checksum,
  xxhash64: () => xxhashChecksum(createXXHash64),
  xxhash3: () => xxhashChecksum(createXXHash3),
  xxhash128: () => xxhashChecksum(createXXHash128),
};

export const createChecksum = async (algorithm: ChecksumAlgorithm): Promise<Checksum> => creators[algorithm]?.() ?? hashChecksum(algorithm);
