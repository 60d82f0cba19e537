import { AppError } from "../errors.ts";

/**
 * A request's body, of which no more than `maxBytes` are ever held.
 * @throws AppError InvalidRequest when it is longer
 */
export const readText = async (request: Request, maxBytes: number): Promise<string> => Buffer.from(await readBytes(request, maxBytes)).toString("utf8");

/** As readText, for a body whose very bytes are signed. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLong = new AppError("InvalidRequest", `The request is longer than ${maxBytes.toLocaleString("en")} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLong;
  if (!request.body) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body) {
    length += piece.byteLength;
    if (length > maxBytes) throw tooLong;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
