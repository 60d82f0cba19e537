import { expect, it } from "vitest";
import { InventoryError, parseInventory } from "./parse-inventory.ts";

const manifest = {
  sourceBucket: "src",
  destinationBucket: "arn:aws:s3:::dst",
  version: "2021-05-22",
  creationTimestamp: "1558656000000",
  fileFormat: "CSV",
  fileSchema: "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, BucketKeyStatus",
  files: [{ key: "src/data/009a.csv.gz", size: 72_691, MD5checksum: "C24C831A5D9CA0B5E0AC1F4C54E4BA92" }],
};
const file = { key: "src/data/009a.csv.gz", size: 72_691, md5: "c24c831a5d9ca0b5e0ac1f4c54e4ba92" };

it("reads what the service writes", () => {
  expect(parseInventory(JSON.stringify(manifest))).toEqual({
    fileFormat: "CSV",
    columns: ["Bucket", "Key", "VersionId", "IsLatest", "IsDeleteMarker", "BucketKeyStatus"],
    sourceBucket: "src",
    bucket: "dst",
    files: [file],
  });
  const parquet = { ...manifest, fileFormat: "Parquet", fileSchema: "message s3.inventory { required binary bucket (STRING); }" };
  expect(parseInventory(JSON.stringify(parquet))).toMatchObject({ fileFormat: "Parquet", columns: [], files: [file] });
  expect(parseInventory(JSON.stringify({ ...manifest, destinationBucket: "dst" })).bucket).toBe("dst");
});

it.each<[string, unknown, RegExp]>([
  ["no JSON", "bucket,key", /is not the manifest\.json of an S3 Inventory/],
  ["other JSON", { a: 1 }, /is not the manifest\.json/],
  ["ORC", { ...manifest, fileFormat: "ORC" }, /ORC, which Longshore does not read.*CSV or Parquet/],
  ["another format", { ...manifest, fileFormat: "JSON" }, /"JSON".*CSV and Parquet/],
  ["no key", { ...manifest, fileSchema: "Bucket, VersionId" }, /without the column Key/],
  ["a key twice", { ...manifest, fileSchema: "Bucket, Key, Key" }, /without the column Key/],
  ["no bucket for the files", { ...manifest, destinationBucket: "not a bucket" }, /in which bucket/],
  ["a file without a checksum", { ...manifest, files: [{ key: "a", size: 1 }] }, /files\.0\.MD5checksum/],
  ["a size that is none", { ...manifest, files: [{ ...manifest.files[0], size: -1 }] }, /files\.0\.size/],
])("refuses %s", (_name, text, words) => {
  const read = () => parseInventory(typeof text === "string" ? text : JSON.stringify(text));
  expect(read).toThrow(InventoryError);
  expect(read).toThrow(words);
});
