import { once } from "node:events";
import { PassThrough } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

const partBytes = 8 * 1024 * 1024;

export interface StreamUpload {
  /** Waits while the upload is behind, so that memory stays bounded. */
  write(data: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Ends it without an object; never throws. */
  abort(): Promise<void>;
  readonly bytes: number;
}

/** An object whose length is not known while it is written: one PutObject when small, multipart when not. */
export function openUpload(s3: S3Client, bucket: string, key: string): StreamUpload {
  const stream = new PassThrough({ highWaterMark: partBytes });
  // Every task in flight may wait for room at once.
  stream.setMaxListeners(0);
  const upload = new Upload({ client: s3, params: { Bucket: bucket, Key: key, Body: stream, ContentType: "text/csv" }, partSize: partBytes, queueSize: 2 });
  let failure: unknown;
  let bytes = 0;
  const done = upload.done().catch((error: unknown) => {
    failure = error;
    // A writer may be waiting for room that will not come.
    stream.emit("drain");
  });

  return {
    async write(data) {
      if (failure !== undefined) throw failure;
      bytes += data.length;
      if (!stream.write(data)) await once(stream, "drain");
      if (failure !== undefined) throw failure;
    },
    async finish() {
      stream.end();
      await done;
      if (failure !== undefined) throw failure;
    },
    async abort() {
      await upload.abort().catch(() => undefined);
      stream.destroy();
      await done;
    },
    get bytes() {
      return bytes;
    },
  };
}
