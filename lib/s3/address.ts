import { isIP } from "node:net";
import type { S3Target } from "./connect-s3.ts";

/** Where the objects of a bucket are. `prefix` and a key, encoded, are the path that is signed and sent. */
export interface BucketAddress {
  origin: string;
  host: string;
  prefix: string;
}

/** A bucket that a host name and a wildcard certificate can carry; the SDK has the same rule. */
const hostLabel = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

export function addressOf(target: Pick<S3Target, "endpoint" | "addressing">, bucket: string): BucketAddress {
  const endpoint = new URL(target.endpoint);
  const base = endpoint.pathname.replace(/\/$/, "");
  const name = endpoint.hostname.replace(/^\[|\]$/g, "");
  const virtual = target.addressing === "virtual" && hostLabel.test(bucket) && isIP(name) === 0;
  const host = virtual ? `${bucket}.${endpoint.host}` : endpoint.host;
  return { origin: `${endpoint.protocol}//${host}`, host, prefix: virtual ? `${base}/` : `${base}/${bucket}/` };
}
