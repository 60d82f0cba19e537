import { constants, createGunzip } from "node:zlib";

/**
 * The beginning of what gzip data hold that may be cut off anywhere; no more is unpacked than asked for.
 * @returns null when nothing of it can be unpacked
 */
export async function inflateBeginning(bytes: Buffer, max: number): Promise<{ bytes: Buffer; more: boolean } | null> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.end(bytes);
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      pieces.push(piece);
      length += piece.length;
      if (length > max) break;
    }
  } catch {
    if (length === 0) return null;
  } finally {
    gunzip.destroy();
  }
  return { bytes: Buffer.concat(pieces).subarray(0, max), more: length > max };
}
