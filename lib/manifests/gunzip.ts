import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { RowError } from "./parse-row.ts";

/** More text than 20 billion rows of 200 bytes: what inflates further is no manifest, but an attack or an accident. */
export const maxInflatedBytes = 4 * 1024 ** 4;

/** By its first bytes, whatever its name. @param head two bytes or more */
export const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/**
 * The text of a compressed manifest, piece by piece.
 * @throws RowError when it is damaged, cut short or inflates without end; the source's own error when it cannot be read
 */
export async function* gunzip(compressed: AsyncIterable<Buffer>, maxBytes = maxInflatedBytes): AsyncGenerator<Buffer> {
  // What goes wrong on either side is thrown by the loop.
  const inflated = pipeline(Readable.from(compressed, { objectMode: false }), createGunzip({ chunkSize: 256 * 1024 }), () => undefined);
  let bytes = 0;
  try {
    for await (const piece of inflated as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > maxBytes) throw new RowError(`lies behind more than ${maxBytes.toLocaleString("en")} bytes, once unpacked: Longshore reads no further`);
      yield piece;
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("Z_")) throw new RowError("could not be unpacked: the gzip data is damaged or cut short there. Compress the manifest again");
    throw error;
  } finally {
    inflated.destroy();
  }
}
