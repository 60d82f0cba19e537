import { quoted } from "../http/describe-object.ts";
import { allow, type Operation, queryNumber, xmlReply } from "../http/operation.ts";
import { paginate } from "../store/listings.ts";
import { document, element, optional } from "../xml/write-xml.ts";
import { keyEncoder, lastOf, listQuery, ownerElement } from "./list-objects.ts";

export const listParts: Operation = {
  name: "ListParts",
  method: "GET",
  on: "object",
  required: ["uploadId"],
  accepts: ["max-parts", "part-number-marker", "encoding-type"],
  permissions: allow("s3:ListMultipartUploadParts"),
  run(call) {
    const { store, bucket, key } = call;
    store.buckets.get(bucket);
    const encode = keyEncoder(call);
    const upload = store.uploads.get(bucket, key, call.query.get("uploadId") ?? "");
    const marker = queryNumber(call, "part-number-marker", 0);
    const max = Math.min(1000, queryNumber(call, "max-parts", 1000));
    const after = store.uploads.parts(upload.id).filter((part) => part.number > marker);
    const parts = after.slice(0, max);
    return xmlReply(
      document(
        "ListPartsResult",
        element("Bucket", bucket),
        element("Key", encode(key)),
        element("UploadId", upload.id),
        ownerElement(call, "Initiator"),
        ownerElement(call),
        element("StorageClass", upload.storageClass),
        element("PartNumberMarker", marker),
        element("NextPartNumberMarker", parts.at(-1)?.number ?? 0),
        element("MaxParts", max),
        element("IsTruncated", max > 0 && after.length > parts.length),
        parts.map((part) =>
          element(
            "Part",
            element("PartNumber", part.number),
            element("LastModified", new Date(part.modified).toISOString()),
            element("ETag", quoted(part.etag)),
            element("Size", part.size),
          ),
        ),
      ),
    );
  },
};

export const listMultipartUploads: Operation = {
  name: "ListMultipartUploads",
  method: "GET",
  on: "bucket",
  required: ["uploads"],
  accepts: ["prefix", "delimiter", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"],
  permissions: allow("s3:ListBucketMultipartUploads"),
  run(call) {
    const { store, bucket } = call;
    store.buckets.get(bucket);
    const encode = keyEncoder(call);
    const query = listQuery(call, "max-uploads");
    const keyMarker = call.query.get("key-marker") ?? "";
    // S3 ignores an upload id marker that has no key marker. Ids are hexadecimal: "g" comes after all of them.
    const idMarker = keyMarker === "" ? "" : call.query.get("upload-id-marker") || "g";
    const page = paginate(query, keyMarker, keyMarker, (from) => store.uploads.scan(bucket, from, keyMarker, idMarker));
    const last = page.lines.at(-1);
    return xmlReply(
      document(
        "ListMultipartUploadsResult",
        element("Bucket", bucket),
        element("KeyMarker", encode(keyMarker)),
        element("UploadIdMarker", call.query.get("upload-id-marker") ?? ""),
        page.truncated ? [element("NextKeyMarker", encode(lastOf(page.lines))), element("NextUploadIdMarker", last?.entry?.id ?? "")] : undefined,
        element("Prefix", encode(query.prefix)),
        query.delimiter === "" ? undefined : element("Delimiter", encode(query.delimiter)),
        optional("EncodingType", call.query.get("encoding-type")),
        element("MaxUploads", query.max),
        element("IsTruncated", page.truncated),
        page.lines.flatMap(({ entry }) =>
          entry
            ? [
                element(
                  "Upload",
                  element("Key", encode(entry.key)),
                  element("UploadId", entry.id),
                  ownerElement(call, "Initiator"),
                  ownerElement(call),
                  element("StorageClass", entry.storageClass),
                  element("Initiated", new Date(entry.initiated).toISOString()),
                ),
              ]
            : [],
        ),
        page.lines.flatMap(({ prefix }) => (prefix === undefined ? [] : [element("CommonPrefixes", element("Prefix", encode(prefix)))])),
      ),
    );
  },
};
