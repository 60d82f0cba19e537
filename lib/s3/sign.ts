import { createHash, createHmac } from "node:crypto";
import { encodeComponent } from "./encode-key.ts";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** `path` is encoded already; header names are in lower case and include `host`. */
export interface UnsignedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const emptyHash = sha256("");

/** The query as SigV4 signs it and as it is sent: encoded, sorted by name. */
export const canonicalQuery = (query: Record<string, string>): string =>
  Object.entries(query)
    .map(([name, value]) => [encodeComponent(name), encodeComponent(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

/**
 * SigV4 in headers, for one region of S3. What is constant (the day's key, the scope, the hash of the last body) is kept.
 * @returns a function that gives the request's headers with date, hash and authorization added
 */
export function createSigner(region: string, credentials: Credentials): (request: UnsignedRequest, now: Date) => Record<string, string> {
  let day = "";
  let scope = "";
  let dayKey: Buffer = Buffer.alloc(0);
  let lastBody = "";
  let lastHash = emptyHash;

  return (request, now) => {
    const date = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
    if (!date.startsWith(day) || day === "") {
      day = date.slice(0, 8);
      scope = `${day}/${region}/s3/aws4_request`;
      dayKey = hmac(hmac(hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region), "s3"), "aws4_request");
    }
    if (request.body !== lastBody) {
      lastBody = request.body;
      lastHash = sha256(request.body);
    }
    const headers: Record<string, string> = { ...request.headers, "x-amz-date": date, "x-amz-content-sha256": lastHash };
    if (credentials.sessionToken !== undefined) headers["x-amz-security-token"] = credentials.sessionToken;

    const names = Object.keys(headers).sort();
    const signedHeaders = names.join(";");
    let canonical = `${request.method}\n${request.path}\n${canonicalQuery(request.query)}\n`;
    for (const name of names) canonical += `${name}:${(headers[name] as string).trim().replace(/ +/g, " ")}\n`;
    canonical += `\n${signedHeaders}\n${lastHash}`;

    const signature = hmac(dayKey, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString("hex");
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
    return headers;
  };
}
