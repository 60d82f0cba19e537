import type { IncomingMessage } from "node:http";
import { parseQuery, type WireRequest } from "../auth/canonical-request.ts";
import { S3Error } from "../s3-error.ts";

/** A request in S3's terms. */
export interface S3Request {
  method: string;
  /** Empty for the service itself. */
  bucket: string;
  /** Empty for the bucket itself. */
  key: string;
  query: ReadonlyMap<string, string>;
  /** By lower-case name; repeated ones joined by a comma. */
  headers: ReadonlyMap<string, string>;
}

function wireHeaders(raw: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] as string).toLowerCase();
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? (raw[index + 1] as string) : `${earlier},${raw[index + 1]}`);
  }
  return headers;
}

export function wireRequest(message: IncomingMessage): WireRequest {
  const url = message.url ?? "/";
  const mark = url.indexOf("?");
  return {
    method: message.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? "" : url.slice(mark + 1),
    headers: wireHeaders(message.rawHeaders),
  };
}

/** The bucket in the host's name: `photos.localhost:4568` speaks of `photos`. */
function virtualHost(host: string): string | undefined {
  return /^(.+)\.localhost(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase();
}

/** @throws S3Error InvalidURI, KeyTooLongError */
export function parseRequest(wire: WireRequest): S3Request {
  const invalid = () => new S3Error("InvalidURI", undefined, { URI: wire.path });
  if (!wire.path.startsWith("/")) throw invalid();
  let path: string;
  let query: [string, string][];
  try {
    path = decodeURIComponent(wire.path.slice(1));
    query = parseQuery(wire.query);
  } catch {
    throw invalid();
  }
  if (path.includes("\0")) throw invalid();
  const virtual = virtualHost(wire.headers.get("host") ?? "");
  const slash = path.indexOf("/");
  const bucket = virtual ?? (slash < 0 ? path : path.slice(0, slash));
  const key = virtual !== undefined ? path : slash < 0 ? "" : path.slice(slash + 1);
  const size = Buffer.byteLength(key);
  if (size > 1024) throw new S3Error("KeyTooLongError", undefined, { Size: String(size), MaxSizeAllowed: "1024" });
  // The first of a repeated parameter counts.
  return { method: wire.method, bucket, key, query: new Map(query.reverse()), headers: wire.headers };
}
