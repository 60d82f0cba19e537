import { S3Error } from "../s3-error.ts";
import type { Attributes } from "../store/attributes.ts";
import type { Description, ObjectVersion, Tag } from "../store/versions.ts";
import { newAcl } from "./acl.ts";
import { restoreHeaders } from "./archive.ts";
import { checksumHeaders } from "./checksums.ts";
import { encryptionHeaders, newEncryption } from "./encryption.ts";
import { lockHeaders, newLock } from "./object-lock.ts";
import { type Call, may } from "./operation.ts";

type Headers = ReadonlyMap<string, string>;

const contentHeaders = [
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
  "x-amz-website-redirect-location",
];
const storageClasses = ["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"];
const MAX_METADATA = 2048;

/** Content headers and user metadata of a request. @throws S3Error MetadataTooLarge */
export function objectHeaders(headers: Headers): Record<string, string> {
  const result: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of contentHeaders) {
    const value = headers.get(name);
    if (value !== undefined) result[name] = value;
  }
  // aws-chunked is how the body came, not what it is.
  const encoding = result["content-encoding"]
    ?.split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "aws-chunked");
  if (encoding?.length === 0) delete result["content-encoding"];
  else if (encoding) result["content-encoding"] = encoding.join(",");
  let size = 0;
  for (const [name, value] of headers) {
    if (!name.startsWith("x-amz-meta-")) continue;
    result[name] = value;
    size += name.length - "x-amz-meta-".length + value.length;
  }
  if (size > MAX_METADATA) throw new S3Error("MetadataTooLarge", undefined, { Size: String(size), MaxSizeAllowed: String(MAX_METADATA) });
  return result;
}

/** @throws S3Error InvalidStorageClass */
export function storageClass(headers: Headers): string | undefined {
  const value = headers.get("x-amz-storage-class");
  if (value !== undefined && !storageClasses.includes(value)) throw new S3Error("InvalidStorageClass", undefined, { StorageClassRequested: value });
  return value;
}

/** What S3 will keep of a new object by the headers of the request and the settings of the bucket. @throws S3Error as each of them */
export const newAttributes = (call: Call): Attributes => ({ ...newLock(call), encryption: newEncryption(call) });

export const describeObject = (call: Call, tags: Tag[]): Description => ({
  storageClass: storageClass(call.headers) ?? "STANDARD",
  headers: objectHeaders(call.headers),
  tags,
  acl: newAcl(call),
  attributes: newAttributes(call),
});

export const quoted = (etag: string): string => `"${etag}"`;

/** S3 sends metadata that is not ASCII as an encoded word. */
function ascii(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
  return /^[\x00-\x7f]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value, "latin1").toString("base64")}?=`;
}

/** The version header, which buckets that never had versioning do not send. */
export const versionHeader = (versionId: string, versioned: boolean): Record<string, string> => (versioned ? { "x-amz-version-id": versionId } : {});

/** The headers of GET and HEAD, without the length. */
export function replyHeaders(call: Call, version: ObjectVersion, withChecksum: boolean): Record<string, string> {
  const versioned = call.store.buckets.get(version.bucket).versioning !== "";
  const headers: Record<string, string> = {
    etag: quoted(version.etag),
    "last-modified": new Date(version.modified).toUTCString(),
    "accept-ranges": "bytes",
    ...versionHeader(version.versionId, versioned),
  };
  for (const [name, value] of Object.entries(version.headers)) headers[name] = ascii(value);
  if (version.storageClass !== "STANDARD") headers["x-amz-storage-class"] = version.storageClass;
  const readsTags = call.query.has("versionId") ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging";
  if (version.tags.length > 0 && may(call, readsTags)) headers["x-amz-tagging-count"] = String(version.tags.length);
  const { encryption, replicationStatus } = version.attributes;
  Object.assign(headers, encryptionHeaders(encryption), restoreHeaders(call, version), lockHeaders(call, version));
  if (replicationStatus) headers["x-amz-replication-status"] = replicationStatus;
  return withChecksum ? Object.assign(headers, checksumHeaders(version.checksum)) : headers;
}
