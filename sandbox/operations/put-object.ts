import { describeObject, quoted, versionHeader } from "../http/describe-object.ts";
import type { Operation } from "../http/operation.ts";
import { checkWriteConditions } from "../http/preconditions.ts";
import { tagsOfHeader } from "../http/tags.ts";
import { S3Error } from "../s3-error.ts";

/** The most bytes that one PUT, part or copy may carry. */
export const MAX_PUT = 5 * 1024 ** 3;

export const putObject: Operation = {
  name: "PutObject",
  method: "PUT",
  on: "object",
  permissions: (call) => [
    { action: "s3:PutObject", bucket: call.bucket },
    ...(call.headers.has("x-amz-tagging") ? [{ action: "s3:PutObjectTagging", bucket: call.bucket }] : []),
    ...(call.headers.has("x-amz-acl") ? [{ action: "s3:PutObjectAcl", bucket: call.bucket }] : []),
  ],
  async run(call) {
    const { store, bucket, key } = call;
    store.buckets.get(bucket);
    const description = describeObject(call.headers, tagsOfHeader(call.headers.get("x-amz-tagging")));
    checkWriteConditions(call.headers, store.versions.current(bucket, key));
    const payload = call.payload();
    if (payload.length > MAX_PUT) throw new S3Error("EntityTooLarge", undefined, { ProposedSize: String(payload.length), MaxSizeAllowed: String(MAX_PUT) });
    const saved = await store.bodies.save(payload.data);
    const checksum = payload.checksum();
    try {
      return store.transaction(() => {
        // The bucket and the object may have changed while the body came in.
        const { versioning } = store.buckets.get(bucket);
        checkWriteConditions(call.headers, store.versions.current(bucket, key));
        const version = { ...description, bucket, key, marker: false, size: saved.size, etag: saved.md5, checksum, segments: store.bodies.adopt(saved) };
        const versionId = store.versions.add(version, versioning, call.now);
        const headers: Record<string, string> = { etag: quoted(saved.md5), ...versionHeader(versionId, versioning === "Enabled") };
        if (checksum) headers[`x-amz-checksum-${checksum.algorithm}`] = checksum.value;
        return { status: 200, headers };
      });
    } catch (error) {
      await store.bodies.discard(saved);
      throw error;
    }
  },
};
