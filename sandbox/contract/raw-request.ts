import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import { request } from "node:http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ContractServer } from "./servers.ts";

class Sha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", typeof secret === "string" ? secret : toBuffer(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === "string" ? data : toBuffer(data));
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {}
}

const toBuffer = (data: ArrayBuffer | ArrayBufferView): Buffer =>
  ArrayBuffer.isView(data) ? Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength) : Buffer.from(data);

/** Smithy's own signer, as every client of the SDK has it. */
export const smithySigner = (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }, region = "us-east-1"): SignatureV4 =>
  new SignatureV4({ service: "s3", region, credentials, sha256: Sha256, uriEscapePath: false, applyChecksum: true });

/** Who is asked, and by whom. */
type SignedTo = Pick<ContractServer, "endpoint" | "accessKeyId" | "secretAccessKey"> & { sessionToken?: string };

export interface RawRequest {
  method: string;
  /** Encoded as it goes over the wire. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

export interface RawReply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** The `<Code>` of an error document. */
  code: string | undefined;
}

const strict = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Sends a request exactly as given. */
export async function sendRaw(server: SignedTo, { method, path, query = {}, headers = {}, body }: RawRequest): Promise<RawReply> {
  const { hostname, port } = new URL(server.endpoint);
  const search = Object.entries(query)
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .join("&");
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path: search === "" ? path : `${path}?${search}`, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Signs as smithy does; `now` may be wrong on purpose. */
export async function signRaw(
  server: SignedTo,
  raw: RawRequest,
  options: { now?: Date; secretAccessKey?: string; accessKeyId?: string } = {},
): Promise<RawRequest> {
  const { host } = new URL(server.endpoint);
  const length: Record<string, string> = raw.body === undefined ? {} : { "content-length": String(Buffer.byteLength(raw.body)) };
  const credentials = { accessKeyId: options.accessKeyId ?? server.accessKeyId, secretAccessKey: options.secretAccessKey ?? server.secretAccessKey };
  const request = {
    method: raw.method,
    protocol: "http:",
    hostname: host,
    path: raw.path,
    query: raw.query ?? {},
    headers: { host, ...length, ...raw.headers },
    body: raw.body,
  };
  const signed = await smithySigner(credentials).sign(request, options.now ? { signingDate: options.now } : {});
  return { ...raw, headers: signed.headers };
}

/** A presigned request: the signature is in the query. */
export async function presignRaw(server: SignedTo, raw: RawRequest, options: { now?: Date; expiresIn?: number } = {}): Promise<RawRequest> {
  const { host } = new URL(server.endpoint);
  const request = { method: raw.method, protocol: "http:", hostname: host, path: raw.path, query: raw.query ?? {}, headers: { host } };
  const signed = await smithySigner(server).presign(
    { ...request, headers: { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } },
    { expiresIn: options.expiresIn ?? 300, unhoistableHeaders: new Set(["x-amz-content-sha256"]), ...(options.now ? { signingDate: options.now } : {}) },
  );
  return { ...raw, query: signed.query as Record<string, string>, headers: { ...signed.headers, ...raw.headers } };
}
