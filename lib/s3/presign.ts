import { hash } from "node:crypto";
import { addressOf } from "./address.ts";
import type { S3Target } from "./connect-s3.ts";
import { encodeComponent, encodeKey } from "./encode-key.ts";
import { createHmacSha256 } from "./hmac.ts";

export interface PresignedGet {
  bucket: string;
  key: string;
  /** Of `response-…`, as in "response-content-type". */
  query?: Record<string, string>;
  expiresInSeconds: number;
}

/** The address of an object that whoever has it may read until it expires: SigV4 in the query. */
export function presignGet(target: S3Target, { bucket, key, query = {}, expiresInSeconds }: PresignedGet, now: Date): string {
  const { origin, host, prefix } = addressOf(target, bucket);
  const stamp = `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const scope = [stamp.slice(0, 8), target.region, "s3", "aws4_request"];
  const all = {
    ...query,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [target.accessKeyId, ...scope].join("/"),
    "X-Amz-Date": stamp,
    "X-Amz-Expires": String(expiresInSeconds),
    ...(target.sessionToken === undefined ? {} : { "X-Amz-Security-Token": target.sessionToken }),
    "X-Amz-SignedHeaders": "host",
  };
  const text = Object.entries(all)
    .map(([name, value]) => [encodeComponent(name), encodeComponent(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const path = prefix + encodeKey(key);
  const canonical = `GET\n${path}\n${text}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const signingKey = scope.reduce<string | Buffer>((secret, part) => createHmacSha256(secret).digest(part), `AWS4${target.secretAccessKey}`);
  const signature = createHmacSha256(signingKey).digest(`AWS4-HMAC-SHA256\n${stamp}\n${scope.join("/")}\n${hash("sha256", canonical, "hex")}`);
  return `${origin}${path}?${text}&X-Amz-Signature=${signature.toString("hex")}`;
}
