/** The beginning of a body. A store that ignores the range that was asked for sends all of it: the rest is not read. */
export async function firstBytes(body: AsyncIterable<Uint8Array>, max: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body) {
    pieces.push(piece);
    length += piece.byteLength;
    if (length >= max) break;
  }
  return Buffer.concat(pieces).subarray(0, max);
}
