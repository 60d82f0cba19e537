import { encodeStrict } from "../auth/canonical-request.ts";
import { quoted } from "../http/describe-object.ts";
import { allow, type Call, type Operation, queryNumber, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { Listed, ListQuery, Page } from "../store/listings.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { document, type Element, element, optional } from "../xml/write-xml.ts";

/** Encodes keys as `encoding-type=url` asks: a space becomes `+`, slashes stay. @throws S3Error InvalidArgument */
export function keyEncoder(call: Call): (text: string) => string {
  const type = call.query.get("encoding-type");
  if (type === undefined) return (text) => text;
  if (type !== "url")
    throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request", { ArgumentName: "encoding-type", ArgumentValue: type });
  return (text) => encodeStrict(text).replaceAll("%20", "+").replaceAll("%2F", "/");
}

export const listQuery = (call: Call, maxName: string): ListQuery => ({
  prefix: call.query.get("prefix") ?? "",
  delimiter: call.query.get("delimiter") ?? "",
  max: Math.min(1000, queryNumber(call, maxName, 1000)),
});

export const ownerElement = (call: Call, name = "Owner"): Element => element(name, element("ID", call.owner.id), element("DisplayName", call.owner.name));

/** What the next page comes after. */
export const lastOf = (lines: readonly Listed<{ key: string }>[]): string => {
  const last = lines.at(-1);
  return last?.entry?.key ?? last?.prefix ?? "";
};

const contents = (call: Call, version: ObjectVersion, encode: (text: string) => string, withOwner: boolean): Element =>
  element(
    "Contents",
    element("Key", encode(version.key)),
    element("LastModified", new Date(version.modified).toISOString()),
    element("ETag", quoted(version.etag)),
    element("Size", version.size),
    withOwner ? ownerElement(call) : undefined,
    element("StorageClass", version.storageClass),
  );

function lineElements(call: Call, page: Page<ObjectVersion>, encode: (text: string) => string, withOwner: boolean): Element[] {
  const objects = page.lines.flatMap(({ entry }) => (entry ? [contents(call, entry, encode, withOwner)] : []));
  const prefixes = page.lines.flatMap(({ prefix }) => (prefix === undefined ? [] : [element("CommonPrefixes", element("Prefix", encode(prefix)))]));
  return [...objects, ...prefixes];
}

export const listObjects: Operation = {
  name: "ListObjects",
  method: "GET",
  on: "bucket",
  accepts: ["prefix", "delimiter", "marker", "max-keys", "encoding-type"],
  permissions: allow("s3:ListBucket"),
  run(call) {
    call.store.buckets.get(call.bucket);
    const encode = keyEncoder(call);
    const query = listQuery(call, "max-keys");
    const marker = call.query.get("marker") ?? "";
    const page = call.store.listings.objects(call.bucket, query, marker);
    return xmlReply(
      document(
        "ListBucketResult",
        element("Name", call.bucket),
        element("Prefix", encode(query.prefix)),
        element("Marker", encode(marker)),
        // S3 names the next marker only when there is a delimiter; without one it is the last key.
        page.truncated && query.delimiter !== "" ? element("NextMarker", encode(lastOf(page.lines))) : undefined,
        element("MaxKeys", query.max),
        query.delimiter === "" ? undefined : element("Delimiter", encode(query.delimiter)),
        optional("EncodingType", call.query.get("encoding-type")),
        element("IsTruncated", page.truncated),
        lineElements(call, page, encode, true),
      ),
    );
  },
};

const toToken = (key: string): string => Buffer.from(`1${key}`).toString("base64url");

function fromToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith("1") || toToken(text.slice(1)) !== token)
    throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", { ArgumentName: "continuation-token" });
  return text.slice(1);
}

export const listObjectsV2: Operation = {
  name: "ListObjectsV2",
  method: "GET",
  on: "bucket",
  required: ["list-type"],
  accepts: ["prefix", "delimiter", "start-after", "continuation-token", "max-keys", "encoding-type", "fetch-owner"],
  permissions: allow("s3:ListBucket"),
  run(call) {
    const { query: parameters } = call;
    if (parameters.get("list-type") !== "2") throw new S3Error("InvalidArgument", "Invalid List Type specified in Request", { ArgumentName: "list-type" });
    call.store.buckets.get(call.bucket);
    const encode = keyEncoder(call);
    const query = listQuery(call, "max-keys");
    const token = parameters.get("continuation-token");
    const startAfter = parameters.get("start-after");
    const page = call.store.listings.objects(call.bucket, query, token === undefined ? (startAfter ?? "") : fromToken(token));
    return xmlReply(
      document(
        "ListBucketResult",
        element("Name", call.bucket),
        element("Prefix", encode(query.prefix)),
        startAfter === undefined ? undefined : element("StartAfter", encode(startAfter)),
        optional("ContinuationToken", token),
        page.truncated ? element("NextContinuationToken", toToken(lastOf(page.lines))) : undefined,
        element("KeyCount", page.lines.length),
        element("MaxKeys", query.max),
        query.delimiter === "" ? undefined : element("Delimiter", encode(query.delimiter)),
        optional("EncodingType", parameters.get("encoding-type")),
        element("IsTruncated", page.truncated),
        lineElements(call, page, encode, parameters.get("fetch-owner") === "true"),
      ),
    );
  },
};
