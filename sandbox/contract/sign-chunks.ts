import { createHash, createHmac } from "node:crypto";

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An aws-chunked body of signed chunks for a request whose headers are signed already; written from the specification, apart from the server's code. */
export function signChunks(secret: string, headers: Record<string, string>, chunks: readonly string[]): string {
  const authorization = headers.authorization ?? "";
  const scope = /Credential=[^/]+\/([^,]+)/.exec(authorization)?.[1] ?? "";
  let previous = /Signature=([0-9a-f]{64})/.exec(authorization)?.[1] ?? "";
  const key = scope.split("/").reduce<string | Buffer>((sofar, part) => hmac(sofar, part), `AWS4${secret}`);
  return [...chunks, ""]
    .map((chunk) => {
      const text = ["AWS4-HMAC-SHA256-PAYLOAD", headers["x-amz-date"], scope, previous, sha256(""), sha256(chunk)].join("\n");
      previous = hmac(key, text).toString("hex");
      return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
    })
    .join("");
}
