import { checksumElement, digestSegments } from "../http/checksums.ts";
import { openCopySource, parseCopySource, sourcePermissions, sourceVersionHeader } from "../http/copy-source.ts";
import { quoted } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { requireDigest } from "../http/object-lock.ts";
import { allow, type Call, type Operation, permissionFor, queryNumber, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import { type Segment, slice } from "../store/bodies.ts";
import { document, element } from "../xml/write-xml.ts";
import { uploadOf } from "./multipart.ts";

/** The most bytes that one part may have. */
const MAX_PART = 5 * 1024 ** 3;

function partNumber(call: Call): number {
  const number = queryNumber(call, "partNumber", 0);
  if (number < 1 || number > 10_000)
    throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", {
      ArgumentName: "partNumber",
      ArgumentValue: String(number),
    });
  return number;
}

const mismatch = (expected: string, actual = "null") =>
  new S3Error("InvalidRequest", `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`);

export const uploadPart: Operation = {
  name: "UploadPart",
  method: "PUT",
  on: "object",
  required: ["partNumber", "uploadId"],
  permissions: allow("s3:PutObject"),
  async run(call) {
    const { store } = call;
    const number = partNumber(call);
    const { attributes, checksum: declared } = uploadOf(call);
    requireDigest(call, attributes, "Upload Part");
    const payload = call.payload();
    if (payload.length > MAX_PART) throw new S3Error("EntityTooLarge", undefined, { ProposedSize: String(payload.length), MaxSizeAllowed: String(MAX_PART) });
    const saved = await store.bodies.save(payload.data);
    const checksum = payload.checksum();
    try {
      if (declared && checksum?.algorithm !== declared.algorithm) throw mismatch(declared.algorithm, checksum?.algorithm);
      // The upload may have ended while the body came in.
      store.transaction(() => store.uploads.putPart(uploadOf(call), number, saved, { etag: saved.md5, checksum }, call.now));
    } catch (error) {
      await store.bodies.discard(saved);
      throw error;
    }
    return {
      status: 200,
      headers: {
        etag: quoted(saved.md5),
        ...encryptionHeaders(attributes.encryption),
        ...(checksum && { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value }),
      },
    };
  },
};

/** The bytes of the source that `x-amz-copy-source-range` names; all of them without it. @throws S3Error InvalidArgument */
function copiedSegments(header: string | undefined, segments: readonly Segment[], size: number): readonly Segment[] {
  if (header === undefined) return segments;
  const match = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header);
  const [first, last] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || last < first)
    throw new S3Error(
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      { ArgumentName: "x-amz-copy-source-range", ArgumentValue: header },
    );
  if (last >= size)
    throw new S3Error("InvalidArgument", `Range specified is not valid for source object of size: ${size}`, {
      ArgumentName: "x-amz-copy-source-range",
      ArgumentValue: header,
    });
  return slice(segments, first, last - first + 1);
}

export const uploadPartCopy: Operation = {
  name: "UploadPartCopy",
  method: "PUT",
  on: "object",
  required: ["partNumber", "uploadId"],
  header: "x-amz-copy-source",
  permissions: (call) => [...sourcePermissions(parseCopySource(call.headers.get("x-amz-copy-source") ?? "")), permissionFor(call, "s3:PutObject")],
  async run(call) {
    const { store } = call;
    const number = partNumber(call);
    const { checksum: declared } = uploadOf(call);
    const source = openCopySource(call, parseCopySource(call.headers.get("x-amz-copy-source") ?? ""));
    const segments = copiedSegments(call.headers.get("x-amz-copy-source-range"), source.segments, source.size);
    if (segments.reduce((sum, [, , length]) => sum + length, 0) > MAX_PART)
      throw new S3Error("InvalidRequest", `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PART}`);
    const unpin = store.bodies.pin(source.segments);
    try {
      const { md5: etag, checksum } = await digestSegments(call, segments, declared?.algorithm);
      store.transaction(() => store.uploads.putPart(uploadOf(call), number, [...segments], { etag, checksum }, call.now));
      const modified = new Date(Math.floor(call.now / 1000) * 1000).toISOString();
      const result = document("CopyPartResult", element("LastModified", modified), element("ETag", quoted(etag)), checksum && checksumElement(checksum));
      return xmlReply(result, sourceVersionHeader(call, source));
    } finally {
      unpin();
    }
  },
};
