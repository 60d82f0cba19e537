import { checksumElement, checksumElements } from "../http/checksums.ts";
import { versionHeader } from "../http/describe-object.ts";
import { calledVersion } from "../http/find-version.ts";
import { type Call, type Operation, permissionFor, xmlReply } from "../http/operation.ts";
import { checkReadConditions } from "../http/preconditions.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { document, type Element, element } from "../xml/write-xml.ts";

const names = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"] as const;

/** @throws S3Error InvalidRequest, InvalidArgument */
function asked({ headers }: Call): Set<string> {
  const list = (headers.get("x-amz-object-attributes") ?? "").split(",").map((name) => name.trim());
  if (list.every((name) => name === ""))
    throw new S3Error("InvalidRequest", "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty");
  if (!list.every((name) => names.some((known) => known === name))) throw new S3Error("InvalidArgument", "Invalid attribute name specified.");
  return new Set(list);
}

const numberHeader = ({ headers }: Call, name: string, fallback: number): number => {
  const text = headers.get(name) ?? String(fallback);
  if (!/^\d{1,6}$/.test(text)) throw new S3Error("InvalidArgument", undefined, { ArgumentName: name, ArgumentValue: text });
  return Number(text);
};

function partsElement(call: Call, { attributes: { parts }, checksum }: ObjectVersion): Element | undefined {
  if (!parts) return undefined;
  const count = element("PartsCount", parts.length);
  // S3 lists the parts only of an upload that was summed part by part.
  if (!checksum || parts.some((part) => part.checksum === undefined)) return element("ObjectParts", count);
  const marker = numberHeader(call, "x-amz-part-number-marker", 0);
  const max = Math.min(1000, numberHeader(call, "x-amz-max-parts", 1000));
  const after = parts.filter((part) => part.number > marker);
  const shown = after.slice(0, max);
  return element(
    "ObjectParts",
    count,
    element("PartNumberMarker", marker),
    element("NextPartNumberMarker", shown.at(-1)?.number ?? 0),
    element("MaxParts", max),
    element("IsTruncated", after.length > shown.length),
    shown.map((part) =>
      element(
        "Part",
        element("PartNumber", part.number),
        element("Size", part.size),
        checksumElement({ algorithm: checksum.algorithm, value: part.checksum ?? "" }),
      ),
    ),
  );
}

export const getObjectAttributes: Operation = {
  name: "GetObjectAttributes",
  method: "GET",
  on: "object",
  required: ["attributes"],
  accepts: ["versionId"],
  permissions: (call) =>
    (call.query.has("versionId") ? ["s3:GetObjectVersion", "s3:GetObjectVersionAttributes"] : ["s3:GetObject", "s3:GetObjectAttributes"]).map((action) =>
      permissionFor(call, action),
    ),
  run(call) {
    const wanted = asked(call);
    const version = calledVersion(call);
    const headers = {
      "last-modified": new Date(version.modified).toUTCString(),
      ...versionHeader(version.versionId, call.store.buckets.get(call.bucket).versioning !== ""),
    };
    if (checkReadConditions(call.headers, version) === "unchanged") return { status: 304, headers };
    return xmlReply(
      document(
        "GetObjectAttributesResponse",
        wanted.has("ETag") ? element("ETag", version.etag) : undefined,
        wanted.has("Checksum") && version.checksum ? element("Checksum", checksumElements(version.checksum)) : undefined,
        wanted.has("ObjectParts") ? partsElement(call, version) : undefined,
        wanted.has("StorageClass") ? element("StorageClass", version.storageClass) : undefined,
        wanted.has("ObjectSize") ? element("ObjectSize", version.size) : undefined,
      ),
      headers,
    );
  },
};
