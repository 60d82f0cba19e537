import { SignatureError } from "./signature-error.ts";
import type { SignedRequest } from "./signed-request.ts";

/** A parameter of the query; `name` and `value` are canonical: percent-encoded as SigV4 wants it. */
export interface QueryParameter {
  name: string;
  value: string;
}

const wanting = /%(?![0-9A-Fa-f]{2})/;
const notUnreserved = /%[0-9A-Fa-f]{2}|[^A-Za-z0-9\-._~]/gu;

const encodeByte = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

function canonicalPiece(piece: string): string {
  if (piece.length === 3 && piece.startsWith("%")) {
    const byte = Number.parseInt(piece.slice(1), 16);
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9\-._~]/.test(character) ? character : encodeByte(byte);
  }
  return [...Buffer.from(piece, "utf8")].map(encodeByte).join("");
}

/**
 * Encodes by SigV4's rules what the wire may have encoded more or less strictly. It works on bytes, so that names which are
 * no UTF-8 keep their meaning, and encodes once, as S3 does, never the percent signs of an encoding again.
 * @throws SignatureError InvalidURI for a "%" that begins no encoded byte
 */
function canonicalText(text: string): string {
  if (wanting.test(text)) throw new SignatureError("InvalidURI");
  return text.replace(notUnreserved, canonicalPiece);
}

/** S3's canonical path: nothing is normalised, no "//" merged and no ".." resolved. */
const canonicalPath = (path: string): string => path.split("/").map(canonicalText).join("/") || "/";

/** The parameters in the order of the wire; a "+" is a space, as whoever reads the query takes it. @throws SignatureError InvalidURI */
export const readQuery = (query: string): QueryParameter[] =>
  query
    .replaceAll("+", "%20")
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals < 0 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return { name: canonicalText(name), value: canonicalText(value) };
    });

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const canonicalQuery = (parameters: readonly QueryParameter[]): string =>
  parameters
    .filter(({ name }) => name.toLowerCase() !== "x-amz-signature")
    .toSorted((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join("&");

const canonicalHeader = (value: string): string => value.replace(/^[ \t]+|[ \t]+$/g, "").replace(/[ \t]+/g, " ");

/**
 * SigV4's canonical request. To be hashed as latin1, so that the bytes of headers stay what they were.
 * @param payloadHash what the client says the body is: a digest in hexadecimal, or UNSIGNED-PAYLOAD
 * @throws SignatureError InvalidURI; SignatureDoesNotMatch when a header that was signed is not there
 */
export function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[], payloadHash: string): string {
  const headers = signedHeaders.map((name) => {
    const value = Object.hasOwn(request.headers, name) ? request.headers[name] : undefined;
    if (value === undefined) throw new SignatureError("SignatureDoesNotMatch");
    return `${name}:${canonicalHeader(value)}\n`;
  });
  const lines = [request.method, canonicalPath(request.path), canonicalQuery(readQuery(request.query)), headers.join(""), signedHeaders.join(";"), payloadHash];
  return lines.join("\n");
}
