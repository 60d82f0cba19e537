import { createHash } from "node:crypto";
import { isChecksumAlgorithm } from "../body/checksums.ts";
import { readWhole } from "../body/open-payload.ts";
import { describeObject, quoted, versionHeader } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { allow, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { writePermissions } from "../http/write-permissions.ts";
import { S3Error } from "../s3-error.ts";
import type { Part, Upload } from "../store/uploads.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, element } from "../xml/write-xml.ts";

const uploadOf = (call: Call): Upload => {
  call.store.buckets.get(call.bucket);
  return call.store.uploads.get(call.bucket, call.key, call.query.get("uploadId") ?? "");
};

export const createMultipartUpload: Operation = {
  name: "CreateMultipartUpload",
  method: "POST",
  on: "object",
  required: ["uploads"],
  permissions: writePermissions,
  run(call) {
    call.store.buckets.get(call.bucket);
    const description = describeObject(call, tagsOfHeader(call.headers.get("x-amz-tagging")));
    const algorithm = call.headers.get("x-amz-checksum-algorithm");
    if (algorithm !== undefined && !isChecksumAlgorithm(algorithm.toLowerCase()))
      throw new S3Error("InvalidRequest", "Checksum algorithm provided is unsupported.");
    const id = call.store.transaction(() => call.store.uploads.create(call.bucket, call.key, description, call.now));
    return xmlReply(document("InitiateMultipartUploadResult", element("Bucket", call.bucket), element("Key", call.key), element("UploadId", id)), {
      ...encryptionHeaders(description.attributes.encryption),
      ...(algorithm && { "x-amz-checksum-algorithm": algorithm }),
    });
  },
};

/** The parts that a completion names, in its order. @throws S3Error MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall */
function chosenParts(body: Buffer, stored: readonly Part[], minBytes: number): Part[] {
  const named = readXml(body, "CompleteMultipartUpload")
    .all("Part")
    .map((part) => ({
      number: Number(part.one("PartNumber").text),
      etag: part
        .one("ETag")
        .text.trim()
        .replace(/^"(.*)"$/, "$1"),
    }));
  if (named.length === 0 || named.length > 10_000 || named.some(({ number }) => !Number.isInteger(number))) throw new S3Error("MalformedXML");
  if (named.some(({ number }, index) => index > 0 && number <= (named[index - 1]?.number ?? 0))) throw new S3Error("InvalidPartOrder");
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = named.map(({ number, etag }) => {
    const part = byNumber.get(number);
    if (part?.etag !== etag) throw new S3Error("InvalidPart", undefined, { PartNumber: String(number), ETag: etag });
    return part;
  });
  const small = parts.slice(0, -1).find((part) => part.size < minBytes);
  if (small)
    throw new S3Error("EntityTooSmall", undefined, {
      ProposedSize: String(small.size),
      MinSizeAllowed: String(minBytes),
      PartNumber: String(small.number),
      ETag: small.etag,
    });
  return parts;
}

export const completeMultipartUpload: Operation = {
  name: "CompleteMultipartUpload",
  method: "POST",
  on: "object",
  required: ["uploadId"],
  permissions: allow("s3:PutObject"),
  async run(call) {
    const { store, bucket, key } = call;
    uploadOf(call);
    const body = await readWhole(call.payload());
    return store.transaction(() => {
      const upload = uploadOf(call);
      const parts = chosenParts(body, store.uploads.parts(upload.id), call.settings.minPartBytes);
      checkWriteConditions(call.headers, store.versions.current(bucket, key));
      const { versioning } = store.buckets.get(bucket);
      const md5 = createHash("md5");
      for (const part of parts) md5.update(Buffer.from(part.etag, "hex"));
      const etag = `${md5.digest("hex")}-${parts.length}`;
      const { storageClass, headers, tags, acl, attributes } = upload;
      const size = parts.reduce((sum, part) => sum + part.size, 0);
      const segments = parts.flatMap((part) => part.segments);
      store.uploads.end(upload, parts);
      const versionId = store.versions.add(
        { bucket, key, storageClass, headers, tags, acl, attributes, marker: false, size, etag, checksum: undefined, segments },
        versioning,
        call.now,
      );
      return xmlReply(
        document(
          "CompleteMultipartUploadResult",
          element("Location", `http://${call.headers.get("host")}/${bucket}/${encodeURIComponent(key)}`),
          element("Bucket", bucket),
          element("Key", key),
          element("ETag", quoted(etag)),
        ),
        { ...versionHeader(versionId, versioning === "Enabled"), ...encryptionHeaders(attributes.encryption) },
      );
    });
  },
};

export const abortMultipartUpload: Operation = {
  name: "AbortMultipartUpload",
  method: "DELETE",
  on: "object",
  required: ["uploadId"],
  permissions: allow("s3:AbortMultipartUpload"),
  run(call) {
    call.store.transaction(() => call.store.uploads.end(uploadOf(call)));
    return { status: 204 };
  },
};
