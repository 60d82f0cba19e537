import { refuseArchived } from "../http/archive.ts";
import { replyHeaders } from "../http/describe-object.ts";
import { calledVersion } from "../http/find-version.ts";
import { allowVersion, type Call, type Operation, type Reply } from "../http/operation.ts";
import { checkReadConditions, parseRange } from "../http/preconditions.ts";
import { slice } from "../store/bodies.ts";

const overrides = ["cache-control", "content-disposition", "content-encoding", "content-language", "content-type", "expires"];
const accepts = ["versionId", ...overrides.map((name) => `response-${name}`)];

const permissions = allowVersion("s3:GetObject", "s3:GetObjectVersion");

function read(call: Call, withBody: boolean): Reply {
  const version = calledVersion(call);
  const range = parseRange(call.headers.get("range"), version.size);
  const headers = replyHeaders(call, version, !range && call.headers.get("x-amz-checksum-mode")?.toUpperCase() === "ENABLED");
  if (checkReadConditions(call.headers, version) === "unchanged") return { status: 304, headers };
  for (const name of overrides) {
    const value = call.query.get(`response-${name}`);
    if (value !== undefined) headers[name] = value;
  }
  if (withBody) refuseArchived(call, version);
  headers["content-length"] = String(range?.length ?? version.size);
  if (range) headers["content-range"] = `bytes ${range.start}-${range.start + range.length - 1}/${version.size}`;
  const status = range ? 206 : 200;
  if (!withBody) return { status, headers };
  return { status, headers, body: call.store.bodies.read(range ? slice(version.segments, range.start, range.length) : version.segments) };
}

export const getObject: Operation = { name: "GetObject", method: "GET", on: "object", accepts, permissions, run: (call) => read(call, true) };

export const headObject: Operation = { name: "HeadObject", method: "HEAD", on: "object", accepts, permissions, run: (call) => read(call, false) };
