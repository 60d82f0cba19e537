import { declaredChecksum } from "../http/checksums.ts";
import { describeObject } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { allow, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { writePermissions } from "../http/write-permissions.ts";
import type { Upload } from "../store/uploads.ts";
import { document, element } from "../xml/write-xml.ts";

export const uploadOf = (call: Call): Upload => {
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
    const checksum = declaredChecksum(call.headers);
    const id = call.store.transaction(() => call.store.uploads.create(call.bucket, call.key, description, checksum, call.now));
    return xmlReply(document("InitiateMultipartUploadResult", element("Bucket", call.bucket), element("Key", call.key), element("UploadId", id)), {
      ...encryptionHeaders(description.attributes.encryption),
      ...(checksum && { "x-amz-checksum-algorithm": checksum.algorithm.toUpperCase(), "x-amz-checksum-type": checksum.type }),
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
