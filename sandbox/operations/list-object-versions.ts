import { quoted } from "../http/describe-object.ts";
import { checkVersionId } from "../http/find-version.ts";
import { allow, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { document, type Element, element, optional } from "../xml/write-xml.ts";
import { keyEncoder, lastOf, listQuery, ownerElement } from "./list-objects.ts";

function versionElement(call: Call, version: ObjectVersion, encode: (text: string) => string): Element {
  const { marker, key, versionId, latest, modified, etag, size, storageClass } = version;
  return element(
    marker ? "DeleteMarker" : "Version",
    element("Key", encode(key)),
    element("VersionId", versionId),
    element("IsLatest", latest),
    element("LastModified", new Date(modified).toISOString()),
    marker ? undefined : [element("ETag", quoted(etag)), element("Size", size), element("StorageClass", storageClass)],
    ownerElement(call),
  );
}

/** Where a page starts inside the versions of the marker's key; at its newest when the marker's version has been deleted meanwhile, so that none is skipped. */
function markerSeq(call: Call, keyMarker: string, versionIdMarker: string | undefined): number | undefined {
  if (versionIdMarker === undefined || versionIdMarker === "") return undefined;
  if (keyMarker === "")
    throw new S3Error("InvalidArgument", "A version-id marker cannot be specified without a key marker.", { ArgumentName: "version-id-marker" });
  return call.store.versions.byId(call.bucket, keyMarker, checkVersionId(versionIdMarker) ?? "")?.seq ?? Number.MAX_SAFE_INTEGER;
}

export const listObjectVersions: Operation = {
  name: "ListObjectVersions",
  method: "GET",
  on: "bucket",
  required: ["versions"],
  accepts: ["prefix", "delimiter", "key-marker", "version-id-marker", "max-keys", "encoding-type"],
  permissions: allow("s3:ListBucketVersions"),
  run(call) {
    call.store.buckets.get(call.bucket);
    const encode = keyEncoder(call);
    const query = listQuery(call, "max-keys");
    const keyMarker = call.query.get("key-marker") ?? "";
    const versionIdMarker = call.query.get("version-id-marker");
    const page = call.store.listings.versions(call.bucket, query, keyMarker, markerSeq(call, keyMarker, versionIdMarker));
    return xmlReply(
      document(
        "ListVersionsResult",
        element("Name", call.bucket),
        element("Prefix", encode(query.prefix)),
        element("KeyMarker", encode(keyMarker)),
        element("VersionIdMarker", versionIdMarker ?? ""),
        page.truncated
          ? [element("NextKeyMarker", encode(lastOf(page.lines))), optional("NextVersionIdMarker", page.lines.at(-1)?.entry?.versionId)]
          : undefined,
        element("MaxKeys", query.max),
        query.delimiter === "" ? undefined : element("Delimiter", encode(query.delimiter)),
        optional("EncodingType", call.query.get("encoding-type")),
        element("IsTruncated", page.truncated),
        page.lines.flatMap(({ entry }) => (entry ? [versionElement(call, entry, encode)] : [])),
        page.lines.flatMap(({ prefix }) => (prefix === undefined ? [] : [element("CommonPrefixes", element("Prefix", encode(prefix)))])),
      ),
    );
  },
};
