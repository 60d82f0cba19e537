import { createHash, createHmac } from "node:crypto";

export interface Scope {
  date: string;
  region: string;
  service: string;
}

export const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

export const sha256Hex = (data: string | Uint8Array): string =>
  (typeof data === "string" ? createHash("sha256").update(data, "latin1") : createHash("sha256").update(data)).digest("hex");

export const scopeText = (scope: Scope): string => `${scope.date}/${scope.region}/${scope.service}/aws4_request`;

const cache = new Map<string, Buffer>();

/** The key of a day, region and service; kept, since a client signs thousands of requests with it. */
export function signingKey(secret: string, scope: Scope): Buffer {
  const name = `${secret}\n${scopeText(scope)}`;
  let key = cache.get(name);
  if (!key) {
    if (cache.size > 1000) cache.clear();
    key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scope.date), scope.region), scope.service), "aws4_request");
    cache.set(name, key);
  }
  return key;
}
