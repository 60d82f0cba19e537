import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { createChunkCutter } from "../manifests/cut-chunks.ts";
import { gunzip } from "../manifests/gunzip.ts";
import { InventoryError, parseInventory } from "../manifests/parse-inventory.ts";
import { createRowParser, type ManifestField, RowError } from "../manifests/parse-row.ts";
import { readParquet } from "../manifests/read-parquet.ts";
import { createRowScanner } from "../manifests/scan-rows.ts";
import { anyText, cut, fuzz, nearly, nearlyText, throwsOnly } from "./fuzz.ts";

const rows = ["data,a/b.txt", "data,a%20b,null", 'data,"with ""quotes"", and commas",v1', "Bucket,Key", "data,%E0%A4%A", `data,${"k".repeat(1_100)}`];
const fieldLists: ManifestField[][] = [
  ["Bucket", "Key"],
  ["Bucket", "Key", "VersionId"],
  ["Ignore", "Bucket", "Key"],
  ["Bucket", "Key", "OptionalVersionId"],
];
const fields = fc.constantFrom(...fieldLists);

fuzz("rows of a manifest", fc.tuple(fields, fc.oneof(anyText(300), nearlyText(rows))), ([list, line]) =>
  throwsOnly([RowError], () => {
    const parse = createRowParser(list);
    for (const task of [parse(line), parse(line)]) if (task.key === "" || Buffer.byteLength(task.key) > 1_024) throw new Error("A key that S3 cannot have");
  }),
);

/** What a manifest comes to, in whatever pieces it arrives. */
function scan(list: ManifestField[], pieces: Buffer[]): string {
  const scanner = createRowScanner(list, createChunkCutter(), 10, () => undefined);
  try {
    for (const piece of pieces) scanner.push(piece);
    scanner.finish();
    return `${scanner.rows} rows`;
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return `line ${scanner.line} ${error.message}`;
  }
}

const manifest = ["data,a\ndata,b\r\ndata,c", "\uFEFFdata,a\n\n\ndata,%41\n", `data,x\n${"other,y%20z\n".repeat(30)}`, 'data,"a""b"\ndata,"c\nd"\n'];
fuzz("manifests in pieces", fc.tuple(fields, nearly(manifest, 8), fc.array(fc.nat(500), { maxLength: 5 })), ([list, bytes, at]) => {
  if (scan(list, [bytes]) !== scan(list, cut(bytes, at))) throw new Error("A manifest means something else when it comes in other pieces");
});

const inventory = JSON.stringify({
  sourceBucket: "data",
  destinationBucket: "arn:aws:s3:::inventories",
  fileFormat: "CSV",
  fileSchema: "Bucket, Key, VersionId, IsLatest, IsDeleteMarker",
  files: [{ key: "data/a.csv.gz", size: 12, MD5checksum: "60e460c9d1046e73f7dde5043ac3ae85" }],
});
fuzz("inventories' manifest.json", fc.oneof(nearlyText([inventory, inventory.replace("CSV", "Parquet")], 8), fc.json({ maxDepth: 4 }), anyText(300)), (text) =>
  throwsOnly([InventoryError], () => parseInventory(text)),
);

const folder = new URL("../manifests/testing/parquet/", import.meta.url);
const parquet = readdirSync(folder)
  .filter((name) => name.endsWith(".parquet"))
  .map((name) => readFileSync(new URL(name, folder)));
fuzz(
  "Parquet files",
  nearly(parquet, 4),
  async (bytes) => {
    const source = { bytes: bytes.length, read: async (start: number, end: number) => new Uint8Array(bytes.subarray(start, end)) };
    let read = 0;
    try {
      for await (const batch of readParquet(source)) {
        read += batch.length;
        if (read > 200_000) return;
      }
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
    }
  },
  0.02,
);

const packed = [gzipSync("data,a\ndata,b\n".repeat(50)), gzipSync(Buffer.alloc(200_000)), Buffer.concat([gzipSync("data,a\n"), gzipSync("data,b\n")])];
fuzz(
  "gzip",
  nearly(packed, 4),
  async (bytes) => {
    let size = 0;
    try {
      for await (const piece of gunzip(
        (async function* () {
          yield bytes;
        })(),
        100_000,
      ))
        size += piece.length;
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
    }
    if (size > 100_000) throw new Error("More came out than may");
  },
  0.05,
);
