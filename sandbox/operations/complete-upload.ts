import { createHash } from "node:crypto";
import { type GivenChecksum, headerChecksum, readWhole } from "../body/open-payload.ts";
import { checksumElements, compositeChecksum, digestSegments } from "../http/checksums.ts";
import { quoted, versionHeader } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { allow, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { S3Error } from "../s3-error.ts";
import type { Part, Upload } from "../store/uploads.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, element } from "../xml/write-xml.ts";
import { uploadOf } from "./multipart.ts";

interface NamedPart {
  number: number;
  etag: string;
  checksum: string | undefined;
}

/** The list of a completion. @throws S3Error MalformedXML, InvalidPartOrder, InvalidRequest */
function readParts(body: Buffer, { checksum }: Upload): NamedPart[] {
  const named = readXml(body, "CompleteMultipartUpload")
    .all("Part")
    .map((part) => ({
      number: Number(part.one("PartNumber").text),
      etag: part
        .one("ETag")
        .text.trim()
        .replace(/^"(.*)"$/, "$1"),
      checksum: checksum && part.textOf(`Checksum${checksum.algorithm.toUpperCase()}`),
    }));
  if (named.length === 0 || named.length > 10_000 || named.some(({ number }) => !Number.isInteger(number))) throw new S3Error("MalformedXML");
  if (named.some(({ number }, index) => index > 0 && number <= (named[index - 1]?.number ?? 0))) throw new S3Error("InvalidPartOrder");
  const bare = checksum?.type === "COMPOSITE" ? named.find((part) => part.checksum === undefined) : undefined;
  if (bare)
    throw new S3Error(
      "InvalidRequest",
      `The upload was created using a ${checksum?.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${bare.number} in the request.`,
    );
  return named;
}

/** The parts that a completion names, in its order. @throws S3Error InvalidPart, EntityTooSmall */
function chosenParts(named: readonly NamedPart[], stored: readonly Part[], minBytes: number): Part[] {
  const byNumber = new Map(stored.map((part) => [part.number, part]));
  const parts = named.map(({ number, etag, checksum }) => {
    const part = byNumber.get(number);
    if (part?.etag !== etag || (checksum !== undefined && checksum !== part.checksum?.value))
      throw new S3Error("InvalidPart", undefined, { PartNumber: String(number), ETag: etag });
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

/** The checksum that the upload was begun with, by its parts or by all its bytes. @throws S3Error BadDigest where the client has another one */
async function sum(call: Call, { checksum }: Upload, parts: readonly Part[]): Promise<GivenChecksum | undefined> {
  if (!checksum) return undefined;
  const { algorithm, type } = checksum;
  let made: GivenChecksum | undefined;
  if (type === "COMPOSITE")
    made = await compositeChecksum(
      algorithm,
      parts.map((part) => part.checksum?.value ?? ""),
    );
  else {
    const segments = parts.flatMap((part) => part.segments);
    const unpin = call.store.bodies.pin(segments);
    try {
      made = (await digestSegments(call, segments, algorithm)).checksum;
    } finally {
      unpin();
    }
  }
  const given = headerChecksum(call.headers);
  if (given && given.value !== made?.value)
    throw new S3Error("BadDigest", `The ${given.algorithm.toUpperCase()} you specified did not match the calculated checksum.`);
  return made;
}

const etagOf = (parts: readonly Part[]): string => {
  const md5 = createHash("md5");
  for (const part of parts) md5.update(Buffer.from(part.etag, "hex"));
  return `${md5.digest("hex")}-${parts.length}`;
};

export const completeMultipartUpload: Operation = {
  name: "CompleteMultipartUpload",
  method: "POST",
  on: "object",
  required: ["uploadId"],
  permissions: allow("s3:PutObject"),
  async run(call) {
    const { store, bucket, key } = call;
    const { minPartBytes } = call.settings;
    const named = readParts(await readWhole(call.payload({ checksumOfObject: true })), uploadOf(call));
    const seen = uploadOf(call);
    const checksum = await sum(call, seen, chosenParts(named, store.uploads.parts(seen.id), minPartBytes));
    return store.transaction(() => {
      // It may have ended while its bytes were summed.
      const upload = uploadOf(call);
      const parts = chosenParts(named, store.uploads.parts(upload.id), minPartBytes);
      checkWriteConditions(call.headers, store.versions.current(bucket, key));
      const { versioning } = store.buckets.get(bucket);
      const etag = etagOf(parts);
      const { storageClass, headers, tags, acl } = upload;
      const size = parts.reduce((total, part) => total + part.size, 0);
      const declared = call.headers.get("x-amz-mp-object-size");
      if (declared !== undefined && Number(declared) !== size)
        throw new S3Error("InvalidRequest", `The provided 'x-amz-mp-object-size' header value ${declared} does not match what was computed: ${size}`);
      const segments = parts.flatMap((part) => part.segments);
      const attributes = { ...upload.attributes, parts: parts.map((part) => ({ number: part.number, size: part.size, checksum: part.checksum?.value })) };
      store.uploads.end(upload, parts);
      const versionId = store.versions.add(
        { bucket, key, storageClass, headers, tags, acl, attributes, marker: false, size, etag, checksum, segments },
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
          checksumElements(checksum),
        ),
        { ...versionHeader(versionId, versioning === "Enabled"), ...encryptionHeaders(attributes.encryption) },
      );
    });
  },
};
