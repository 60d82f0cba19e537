import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { inflateBeginning } from "./inflate-beginning.ts";

const text = Buffer.from(Array.from({ length: 50_000 }, (_, index) => `photos,${index}.jpg\n`).join(""));

it("unpacks all of what is small", async () => {
  expect(await inflateBeginning(gzipSync("photos,a\n"), 100)).toEqual({ bytes: Buffer.from("photos,a\n"), more: false });
});

it("unpacks the beginning of what is cut off, and no more than asked for", async () => {
  const beginning = await inflateBeginning(gzipSync(text).subarray(0, 10_000), 5_000);
  expect(beginning).toEqual({ bytes: text.subarray(0, 5_000), more: true });
});

it("stops early in what would fill the memory", async () => {
  expect((await inflateBeginning(gzipSync(Buffer.alloc(50_000_000)), 1_000))?.bytes).toHaveLength(1_000);
});

it("has nothing to say of what is no gzip", async () => {
  expect(await inflateBeginning(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff]), 100)).toBeNull();
  expect(await inflateBeginning(Buffer.from("photos,a\n"), 100)).toBeNull();
});
