import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { Upload } from "@aws-sdk/lib-storage";
import { manifestText } from "./object-keys.ts";
import type { World } from "./start-world.ts";

export interface StoredManifest {
  objectArn: string;
  etag: string;
  rows: number;
}

/** Writes a manifest of so many rows past the stub, as a stream. @param from number of its first object */
export async function storeManifest({ s3 }: World, rows: number, { from = 0, gzip = false } = {}): Promise<StoredManifest> {
  const key = `${from}-${rows}.csv${gzip ? ".gz" : ""}`;
  const text = Readable.from(manifestText(rows, from));
  const upload = new Upload({ client: s3, params: { Bucket: "manifests", Key: key, Body: gzip ? text.pipe(createGzip()) : text }, partSize: 16 * 1024 * 1024 });
  const { ETag = "" } = await upload.done();
  return { objectArn: `arn:aws:s3:::manifests/${key}`, etag: ETag, rows };
}
