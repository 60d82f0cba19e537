import { createHash } from "node:crypto";
import { newAcl } from "../http/acl.ts";
import { type CopySource, openCopySource, parseCopySource, sourcePermissions, sourceVersionHeader } from "../http/copy-source.ts";
import { newAttributes, objectHeaders, quoted, storageClass, versionHeader } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { type Call, type Operation, permissionFor, xmlReply } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { writePermissions } from "../http/write-permissions.ts";
import { S3Error } from "../s3-error.ts";
import type { Segment } from "../store/bodies.ts";
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

/** The MD5 of what a chain of segments holds. */
export async function digestSegments(call: Call, segments: readonly Segment[]): Promise<string> {
  const md5 = createHash("md5");
  const body = call.store.bodies.read(segments);
  if (Buffer.isBuffer(body)) md5.update(body);
  else for await (const chunk of body) md5.update(chunk);
  return md5.digest("hex");
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
      // The source's bytes are shared; only the ETag of a multipart object has to be computed anew.
      const etag = source.etag.includes("-") ? await digestSegments(call, source.segments) : source.etag;
      const { versioning } = store.buckets.get(bucket);
      const versionId = store.transaction(() => {
        checkWriteConditions(call.headers, store.versions.current(bucket, key));
        store.bodies.retain(source.segments);
        const { size, checksum, segments } = source;
        return store.versions.add({ ...description, bucket, key, marker: false, size, etag, checksum, segments }, versioning, call.now);
      });
      const modified = new Date(Math.floor(call.now / 1000) * 1000).toISOString();
      return xmlReply(document("CopyObjectResult", element("LastModified", modified), element("ETag", quoted(etag))), {
        ...versionHeader(versionId, versioning === "Enabled"),
        ...sourceVersionHeader(call, source),
        ...encryptionHeaders(description.attributes.encryption),
      });
    } finally {
      unpin();
    }
  },
};
