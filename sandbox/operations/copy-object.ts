import type { GivenChecksum } from "../body/open-payload.ts";
import { newAcl } from "../http/acl.ts";
import { algorithmOf, checksumElements, digestSegments, typeOf } from "../http/checksums.ts";
import { type CopySource, openCopySource, parseCopySource, sourcePermissions, sourceVersionHeader } from "../http/copy-source.ts";
import { newAttributes, objectHeaders, quoted, storageClass, versionHeader } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { type Call, type Operation, permissionFor, xmlReply } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { writePermissions } from "../http/write-permissions.ts";
import { S3Error } from "../s3-error.ts";
import type { Description, ObjectVersion } from "../store/versions.ts";
import { document, element } from "../xml/write-xml.ts";

const sourceOf = (call: Call): CopySource => parseCopySource(call.headers.get("x-amz-copy-source") ?? "");

function directive(call: Call, name: string): "COPY" | "REPLACE" {
  const value = call.headers.get(name) ?? "COPY";
  if (value !== "COPY" && value !== "REPLACE")
    throw new S3Error("InvalidArgument", `Unknown directive: ${name} must be COPY or REPLACE.`, { ArgumentName: name, ArgumentValue: value });
  return value;
}

/** What the copy will say of itself. @throws S3Error InvalidRequest when an object would be copied onto itself unchanged. */
function describeCopy(call: Call, named: CopySource, source: ObjectVersion): Description {
  const replaceHeaders = directive(call, "x-amz-metadata-directive") === "REPLACE";
  const replaceTags = directive(call, "x-amz-tagging-directive") === "REPLACE";
  const chosenClass = storageClass(call.headers) ?? "STANDARD";
  const redirect = call.headers.get("x-amz-website-redirect-location");
  const itself = named.bucket === call.bucket && named.key === call.key && named.versionId === undefined;
  const encrypts = call.headers.has("x-amz-server-side-encryption");
  if (itself && !replaceHeaders && chosenClass === source.storageClass && redirect === undefined && !encrypts)
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  const { "x-amz-website-redirect-location": _, ...copied } = source.headers;
  return {
    storageClass: chosenClass,
    headers: replaceHeaders ? objectHeaders(call.headers) : { ...copied, ...(redirect === undefined ? {} : { "x-amz-website-redirect-location": redirect }) },
    tags: replaceTags ? tagsOfHeader(call.headers.get("x-amz-tagging")) : source.tags,
    acl: newAcl(call),
    attributes: newAttributes(call),
  };
}

/** What the copy's bytes are known by. They are read only where the source's ETag or checksum will not do. */
async function digestCopy(call: Call, source: ObjectVersion): Promise<{ etag: string; checksum: GivenChecksum | undefined }> {
  const algorithm = algorithmOf(call.headers) ?? source.checksum?.algorithm;
  const fits = algorithm === undefined || (source.checksum?.algorithm === algorithm && typeOf(source.checksum) === "FULL_OBJECT");
  if (fits && !source.etag.includes("-")) return { etag: source.etag, checksum: source.checksum };
  const { md5, checksum } = await digestSegments(call, source.segments, algorithm);
  return { etag: md5, checksum };
}

export const copyObject: Operation = {
  name: "CopyObject",
  method: "PUT",
  on: "object",
  header: "x-amz-copy-source",
  permissions(call) {
    const source = sourceOf(call);
    const replacesTags = call.headers.get("x-amz-tagging-directive") === "REPLACE";
    const { bucket, key, versionId } = source;
    const { versions } = call.store;
    const version = versionId === undefined ? versions.current(bucket, key) : versions.byId(bucket, key, versionId);
    // S3 asks for the right to read and write tags only where there are some.
    const copiesTags = !replacesTags && (version?.tags.length ?? 0) > 0;
    const readsTags = versionId === undefined ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging";
    return [
      ...sourcePermissions(source),
      ...writePermissions(call),
      ...(copiesTags ? [{ action: readsTags, bucket, key }, permissionFor(call, "s3:PutObjectTagging")] : []),
    ];
  },
  async run(call) {
    const { store, bucket, key } = call;
    store.buckets.get(bucket);
    const named = sourceOf(call);
    const source = openCopySource(call, named);
    const description = describeCopy(call, named, source);
    const { maxSingleBytes } = call.settings;
    if (source.size > maxSingleBytes)
      throw new S3Error("InvalidRequest", `The specified copy source is larger than the maximum allowable size for a copy source: ${maxSingleBytes}`);
    const unpin = store.bodies.pin(source.segments);
    try {
      const { etag, checksum } = await digestCopy(call, source);
      const { versioning } = store.buckets.get(bucket);
      const versionId = store.transaction(() => {
        checkWriteConditions(call.headers, store.versions.current(bucket, key));
        store.bodies.retain(source.segments);
        const { size, segments } = source;
        return store.versions.add({ ...description, bucket, key, marker: false, size, etag, checksum, segments }, versioning, call.now);
      });
      const modified = new Date(Math.floor(call.now / 1000) * 1000).toISOString();
      return xmlReply(document("CopyObjectResult", element("LastModified", modified), element("ETag", quoted(etag)), checksumElements(checksum)), {
        ...versionHeader(versionId, versioning === "Enabled"),
        ...sourceVersionHeader(call, source),
        ...encryptionHeaders(description.attributes.encryption),
      });
    } finally {
      unpin();
    }
  },
};
