import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { S3Error } from "../s3-error.ts";
import { type ChecksumAlgorithm, checksumAlgorithms, createChecksum, isChecksumAlgorithm } from "./checksums.ts";
import { type Chain, decodeChunked } from "./decode-chunked.ts";

/** A checksum that the client gave and the body kept. */
export interface GivenChecksum {
  algorithm: ChecksumAlgorithm;
  value: string;
  /** Of the parts' checksums, or of the whole, which it is when nothing is said. */
  type?: "COMPOSITE" | "FULL_OBJECT" | undefined;
}

export interface Payload {
  /** Bytes to come, as declared. */
  length: number;
  /** The decoded body; it throws after the last byte when a digest, checksum or signature is wrong. */
  data: AsyncIterable<Uint8Array>;
  /** Known after the last byte. */
  checksum: () => GivenChecksum | undefined;
}

const prefix = "x-amz-checksum-";

/** The checksum that a request's headers give. @throws S3Error InvalidRequest */
export function headerChecksum(headers: ReadonlyMap<string, string>): GivenChecksum | undefined {
  const given = checksumAlgorithms.filter((algorithm) => headers.has(prefix + algorithm));
  const [algorithm, ...more] = given;
  if (more.length > 0) throw new S3Error("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  return algorithm && { algorithm, value: headers.get(prefix + algorithm) as string };
}

function trailerAlgorithm(headers: ReadonlyMap<string, string>): ChecksumAlgorithm | undefined {
  const name = headers.get("x-amz-trailer")?.toLowerCase();
  if (name === undefined) return undefined;
  const algorithm = name.slice(prefix.length);
  if (!name.startsWith(prefix) || !isChecksumAlgorithm(algorithm))
    throw new S3Error("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");
  return algorithm;
}

function declaredLength(headers: ReadonlyMap<string, string>, chunked: boolean): number {
  const text = headers.get(chunked ? "x-amz-decoded-content-length" : "content-length");
  if (text === undefined) throw new S3Error("MissingContentLength");
  if (!/^\d{1,15}$/.test(text)) throw new S3Error("InvalidArgument", "The content length is not a number.");
  return Number(text);
}

const SMALL = 64 * 1024;

/** A body at once: for a small one, a stream's iterator costs more than all the rest. */
function readSmall(source: Readable): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // A client may have gone while a fault held its request up: nothing more would be heard of it.
    if (source.destroyed) {
      reject(new S3Error("IncompleteBody"));
      return;
    }
    const chunks: Buffer[] = [];
    source.on("data", (chunk: Buffer) => chunks.push(chunk));
    source.once("end", () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    source.once("error", reject);
    source.once("close", () => {
      if (!source.readableEnded) reject(new S3Error("IncompleteBody"));
    });
  });
}

export interface PayloadOptions {
  /** The checksum in the headers is of the object that the request makes, not of the body. */
  checksumOfObject?: boolean;
}

/**
 * Opens a request's body by what its signature declared it to be.
 * @throws S3Error for a declaration that S3 does not know.
 */
export function openPayload(source: Readable, headers: ReadonlyMap<string, string>, declared: string, chain: Chain, options: PayloadOptions = {}): Payload {
  const streaming = /^STREAMING-(AWS4-HMAC-SHA256-PAYLOAD|UNSIGNED-PAYLOAD)(-TRAILER)?$/.exec(declared);
  const digest = /^[0-9a-f]{64}$/.test(declared) ? declared : undefined;
  if (!streaming && digest === undefined && declared !== "UNSIGNED-PAYLOAD")
    throw new S3Error("InvalidArgument", "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-… or a valid sha256 value.");
  const trailer = streaming?.[2] !== undefined;
  let checksum = options.checksumOfObject ? undefined : headerChecksum(headers);
  const algorithm = trailer ? trailerAlgorithm(headers) : checksum?.algorithm;
  const md5 = headers.get("content-md5");
  if (md5 !== undefined && Buffer.from(md5, "base64").length !== 16) throw new S3Error("InvalidDigest");
  const length = declaredLength(headers, streaming !== null);

  async function* checked(): AsyncGenerator<Uint8Array> {
    let trailers = new Map<string, string>();
    const data = streaming
      ? decodeChunked(source, {
          ...(streaming[1] === "UNSIGNED-PAYLOAD" ? {} : { chain }),
          ...(trailer ? { trailers: (found: Map<string, string>) => (trailers = found) } : {}),
        })
      : length <= SMALL
        ? [await readSmall(source)]
        : (source as AsyncIterable<Uint8Array>);
    const sha256 = digest === undefined ? undefined : createHash("sha256");
    const md5Hash = md5 === undefined ? undefined : createHash("md5");
    const computed = algorithm && (await createChecksum(algorithm));
    let received = 0;
    for await (const chunk of data) {
      received += chunk.length;
      sha256?.update(chunk);
      md5Hash?.update(chunk);
      computed?.update(chunk);
      yield chunk;
    }
    if (received !== length) throw new S3Error("IncompleteBody");
    if (sha256 && sha256.digest("hex") !== digest) throw new S3Error("XAmzContentSHA256Mismatch");
    if (md5Hash && md5Hash.digest("base64") !== md5) throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.");
    if (!computed || !algorithm) return;
    const value = trailer ? trailers.get(prefix + algorithm) : checksum?.value;
    if (value === undefined) throw new S3Error("InvalidRequest", "The trailer that x-amz-trailer announced is missing.");
    if (computed.digest() !== value) throw new S3Error("BadDigest", `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
    checksum = { algorithm, value };
  }
  return { length, data: checked(), checksum: () => checksum };
}

const MAX_DOCUMENT = 2 * 1024 * 1024;

/** The whole body of a request that carries a document. @throws S3Error MaxMessageLengthExceeded */
export async function readWhole(payload: Payload): Promise<Buffer> {
  if (payload.length > MAX_DOCUMENT) throw new S3Error("MaxMessageLengthExceeded");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of payload.data) {
    size += chunk.length;
    if (size > MAX_DOCUMENT) throw new S3Error("MaxMessageLengthExceeded");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
