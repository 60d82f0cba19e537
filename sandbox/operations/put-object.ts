import { checksumHeaders } from "../http/checksums.ts";
import { describeObject, quoted, versionHeader } from "../http/describe-object.ts";
import { encryptionHeaders } from "../http/encryption.ts";
import { requireDigest } from "../http/object-lock.ts";
import type { Operation } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { writePermissions } from "../http/write-permissions.ts";
import { S3Error } from "../s3-error.ts";

export const putObject: Operation = {
  name: "PutObject",
  method: "PUT",
  on: "object",
  permissions: writePermissions,
  async run(call) {
    const { store, bucket, key } = call;
    store.buckets.get(bucket);
    const description = describeObject(call, tagsOfHeader(call.headers.get("x-amz-tagging")));
    requireDigest(call, description.attributes, "Put Object");
    checkWriteConditions(call.headers, store.versions.current(bucket, key));
    const payload = call.payload();
    const { maxSingleBytes } = call.settings;
    if (payload.length > maxSingleBytes)
      throw new S3Error("EntityTooLarge", undefined, { ProposedSize: String(payload.length), MaxSizeAllowed: String(maxSingleBytes) });
    const saved = await store.bodies.save(payload.data);
    const checksum = payload.checksum();
    try {
      return store.transaction(() => {
        // The bucket and the object may have changed while the body came in.
        const { versioning } = store.buckets.get(bucket);
        checkWriteConditions(call.headers, store.versions.current(bucket, key));
        const version = { ...description, bucket, key, marker: false, size: saved.size, etag: saved.md5, checksum, segments: store.bodies.adopt(saved) };
        const versionId = store.versions.add(version, versioning, call.now);
        const headers = {
          etag: quoted(saved.md5),
          ...versionHeader(versionId, versioning === "Enabled"),
          ...encryptionHeaders(description.attributes.encryption),
          ...checksumHeaders(checksum),
        };
        return { status: 200, headers };
      });
    } catch (error) {
      await store.bodies.discard(saved);
      throw error;
    }
  },
};
