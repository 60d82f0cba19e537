import { readFileSync } from "node:fs";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { InventoryRow } from "./inventory-task.ts";
import { RowError } from "./parse-row.ts";
import { type ParquetSource, readParquet } from "./read-parquet.ts";
import { type Claims, hostileParquet } from "./testing/hostile-parquet.ts";

const file = (name: string): Buffer => readFileSync(new URL(`./testing/parquet/${name}.parquet`, import.meta.url));

/** @param reads told of each range that is read */
const source = (bytes: Buffer, reads: [number, number][] = []): ParquetSource => ({
  bytes: bytes.length,
  read: async (start, end) => {
    reads.push([start, end]);
    return new Uint8Array(bytes.subarray(start, end));
  },
});

async function rowsOf(from: ParquetSource): Promise<InventoryRow[]> {
  const rows: InventoryRow[] = [];
  for await (const some of readParquet(from)) rows.push(...some);
  return rows;
}

const expected = Array.from({ length: 2_100 }, (_, index) => ({
  bucket: "data",
  key: `folder/key ${index}${index % 3 === 0 ? "+é" : ""}`,
  versionId: index % 5 === 0 ? null : `v${index}`,
  isLatest: index % 2 === 0,
  isDeleteMarker: index % 7 === 0,
}));

describe("an inventory in Parquet", () => {
  it.each(["snappy", "zstd", "gzip", "brotli", "lz4_raw", "uncompressed", "v2"])("that another program wrote is read: %s", async (codec) => {
    expect(await rowsOf(source(file(`inventory-${codec}`)))).toEqual(expected);
  });

  it("is read by the columns that count", async () => {
    const bytes = file("inventory-uncompressed");
    const reads: [number, number][] = [];
    await rowsOf(source(bytes, reads));
    const read = reads.reduce((sum, [start, end]) => sum + end - start, 0);
    // A size has eight bytes.
    expect(read).toBeLessThan(bytes.length - 2_100 * 8);
  });

  it("hands on flags as they are, whatever they are", async () => {
    expect((await rowsOf(source(file("texts-for-flags")))).map((row) => row.isDeleteMarker).slice(0, 2)).toEqual(["true", "false"]);
    expect((await rowsOf(source(file("numbers-for-flags")))).map((row) => row.isDeleteMarker).slice(0, 2)).toEqual([1, 0]);
  });
});

const read = async (bytes: Buffer) => rowsOf(source(bytes));

describe("what is no inventory is refused", () => {
  it.each([
    ["no-inventory", /no column "bucket".*It has name/],
    ["no-text", /damaged.*utf-8/],
    ["nested-key", /"key" is not a plain one/],
  ])("%s", async (name, words) => {
    await expect(read(file(name))).rejects.toThrow(RowError);
    await expect(read(file(name))).rejects.toThrow(words);
  });

  it.each([
    ["nothing", Buffer.alloc(0)],
    ["a CSV", Buffer.from("data,a\ndata,b\n")],
    ["its end only", Buffer.from("PAR1PAR1PAR1")],
    ["a file that was cut short", file("inventory-snappy").subarray(0, 20_000)],
  ])("%s", async (_name, bytes) => await expect(read(bytes)).rejects.toThrow(RowError));

  it("at any byte that is another one, without an error of ours", async () => {
    const good = hostileParquet();
    for (let at = 0; at < good.length; at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const bytes = Buffer.from(good);
        bytes[at] = value;
        const outcome = await read(bytes).catch((error: unknown) => error);
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(RowError);
      }
    }
  });
});

describe("a file that claims to be large is refused before anything is allocated for it", () => {
  it("would be read if it were honest", async () => {
    expect(await read(hostileParquet())).toEqual([
      { bucket: "data", key: "a" },
      { bucket: "data", key: "b" },
    ]);
  });

  it.each<[string, Partial<Claims>, RegExp]>([
    ["rows", { rows: 2 ** 40 }, /group of 1099511627776 rows/],
    ["more rows than values", { rows: 40_000_000 }, /2 values where the group has 40000000 rows/],
    ["rows and values", { rows: 2 ** 31 - 1, pageValues: 2 ** 31 - 1 }, /group of 2147483647 rows/],
    ["values of a page", { rows: 40_000_000, pageValues: 40_000_000 }, /has 40000000 values/],
    ["bytes of a page", { pageBytes: 2 ** 31 - 1 }, /has 2147483647 bytes/],
    ["compressed bytes", { compressedBytes: 2 ** 30 }, /goes past its end/],
    ["compressed bytes below none", { compressedBytes: -8 }, /goes past its end/],
    ["bytes of a column", { chunkBytes: 2 ** 40 }, /lies outside the file/],
    ["where a column begins", { chunkOffset: 2 ** 40 }, /lies outside the file/],
    ["an encoding that unfolds", { encoding: 7 }, /DELTA_BYTE_ARRAY, which Longshore does not read/],
    ["less than gzip unpacks", { codec: 2, body: gzipSync(Buffer.alloc(4_000_000)), pageBytes: 100 }, /damaged/],
    ["less than zstd unpacks", { codec: 6, body: zstdCompressSync(Buffer.alloc(4_000_000)), pageBytes: 100 }, /damaged/],
  ])("in %s", async (_name, claims, words) => await expect(read(hostileParquet(claims))).rejects.toThrow(words));

  it("by its footer, or by all that its columns hold together", async () => {
    const tail = Buffer.from("\xff\xff\xff\x0fPAR1", "latin1");
    const huge: ParquetSource = { bytes: 2 ** 33, read: async () => new Uint8Array(tail) };
    await expect(rowsOf(huge)).rejects.toThrow(/footer has 268435455 bytes/);

    const small = hostileParquet({ chunkBytes: 200 * 1024 ** 2 });
    const long: ParquetSource = {
      bytes: 2 ** 33,
      read: async (start) => new Uint8Array(start < 2 ** 32 ? [] : small.subarray(start - 2 ** 33 + small.length)),
    };
    await expect(rowsOf(long)).rejects.toThrow(/group of more than 256 MB/);
  });
});
