import { createHash, createHmac } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SignedRequest } from "../signed-request.ts";

/** A signed request with its body. */
export type WireRequest = SignedRequest & { body: Uint8Array };

class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", Buffer.from(secret as Uint8Array));
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface RequestToSign {
  method: string;
  /** Encoded as it goes over the wire. */
  path: string;
  query?: Record<string, string | string[]>;
  /** Besides host and x-amz-account-id. */
  headers?: Record<string, string>;
  body?: string;
}

const strict = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const wireQuery = (query: Record<string, string | string[] | null> = {}): string =>
  Object.entries(query)
    .flatMap(([name, value]) => [value ?? ""].flat().map((one) => `${strict(name)}=${strict(one)}`))
    .join("&");

const host = "123456789012.localhost:3000";
const signer = (keys: Keys, region: string) =>
  new SignatureV4({ service: "s3", region, credentials: keys, sha256: Sha256 as never, uriEscapePath: false, applyChecksum: true });

const unsigned = ({ method, path, query = {}, headers = {}, body }: RequestToSign) => ({
  method,
  protocol: "http:",
  hostname: "123456789012.localhost",
  port: 3000,
  path,
  query,
  headers: { host, "x-amz-account-id": "123456789012", ...headers },
  ...(body !== undefined && { body }),
});

interface Signed {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
}

const wire = ({ method, path, query, headers }: Signed, body = ""): WireRequest => ({
  method,
  path,
  query: wireQuery(query),
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: Buffer.from(body),
});

/** For tests: a request signed by the signer of AWS's own SDK, as it would come over the wire. */
export async function signRequest(keys: Keys, request: RequestToSign, now: Date, region = "us-east-1"): Promise<WireRequest> {
  return wire((await signer(keys, region).sign(unsigned(request), { signingDate: now })) as Signed, request.body);
}

/** The same as a presigned URL, whose body is not signed; its x-amz-… headers go into the query, as the SDK has it. */
export async function presignRequest(keys: Keys, request: RequestToSign, now: Date, expiresIn: number, region = "us-east-1"): Promise<WireRequest> {
  const { body, ...bodiless } = request;
  const headers = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD", ...bodiless.headers };
  return wire((await signer(keys, region).presign(unsigned({ ...bodiless, headers }), { signingDate: now, expiresIn })) as Signed, body);
}
