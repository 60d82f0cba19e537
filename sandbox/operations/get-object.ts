import { refuseArchived, replyHeaders } from "../http/describe-object.ts";
import { findVersion } from "../http/find-version.ts";
import type { Call, Operation, Reply } from "../http/operation.ts";
import { checkReadConditions, parseRange } from "../http/preconditions.ts";
import { slice } from "../store/bodies.ts";

const overrides = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"];
const accepts = ["versionId", ...overrides.map((name) => `response-${name}`)];

const permissions = (call: Call) => [{ action: call.query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject", bucket: call.bucket }];

function read(call: Call, withBody: boolean): Reply {
  const version = findVersion(call.store, call.bucket, call.key, call.query.get("versionId"));
  const versioned = call.store.buckets.get(call.bucket).versioning !== "";
  const range = parseRange(call.headers.get("range"), version.size);
  const headers = replyHeaders(version, versioned, !range && call.headers.get("x-amz-checksum-mode")?.toUpperCase() === "ENABLED");
  if (checkReadConditions(call.headers, version) === "unchanged") return { status: 304, headers };
  for (const name of overrides) {
    const value = call.query.get(`response-${name}`);
    if (value !== undefined) headers[name] = value;
  }
  if (withBody) refuseArchived(version);
  headers["content-length"] = String(range?.length ?? version.size);
  if (range) headers["content-range"] = `bytes ${range.start}-${range.start + range.length - 1}/${version.size}`;
  const status = range ? 206 : 200;
  if (!withBody) return { status, headers };
  return { status, headers, body: call.store.bodies.read(range ? slice(version.segments, range.start, range.length) : version.segments) };
}

export const getObject: Operation = { name: "GetObject", method: "GET", on: "object", accepts, permissions, run: (call) => read(call, true) };

export const headObject: Operation = { name: "HeadObject", method: "HEAD", on: "object", accepts, permissions, run: (call) => read(call, false) };
