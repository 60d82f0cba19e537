import { authorize, type Permission } from "../auth/authorize.ts";
import { readWhole } from "../body/open-payload.ts";
import { checkVersionId } from "../http/find-version.ts";
import { bypassActions, refuseLocked } from "../http/object-lock.ts";
import { type Call, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, type Element, element, optional } from "../xml/write-xml.ts";

interface Deleted {
  /** The version that is gone, or the delete marker that was written. */
  versionId?: string;
  marker: boolean;
}

const permissions = (call: Call, key: string, versionId: string | undefined): Permission[] =>
  [versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", ...bypassActions(call)].map((action) => ({ action, bucket: call.bucket, key }));

/** Deletes one object or version; what is not there counts as deleted. */
function remove(call: Call, key: string, versionId: string | undefined): Deleted {
  const { store, bucket } = call;
  const { versioning } = store.buckets.get(bucket);
  return store.transaction((): Deleted => {
    if (versionId !== undefined) {
      const version = store.versions.byId(bucket, key, versionId);
      if (version) {
        refuseLocked(call, version);
        store.versions.remove(version);
      }
      return { versionId, marker: version?.marker ?? false };
    }
    if (versioning === "") {
      const current = store.versions.current(bucket, key);
      if (current) store.versions.remove(current);
      return { marker: false };
    }
    const nothing = { storageClass: "STANDARD", headers: {}, tags: [], acl: null, attributes: {}, size: 0, etag: "", checksum: undefined, segments: [] };
    return { versionId: store.versions.add({ ...nothing, bucket, key, marker: true }, versioning, call.now), marker: true };
  });
}

export const deleteObject: Operation = {
  name: "DeleteObject",
  method: "DELETE",
  on: "object",
  accepts: ["versionId"],
  permissions: (call) => permissions(call, call.key, call.query.get("versionId")),
  run(call) {
    const conditional = ["if-match", "x-amz-if-match-last-modified-time", "x-amz-if-match-size"].find((name) => call.headers.has(name));
    if (conditional) throw new S3Error("NotImplemented", undefined, { Header: conditional });
    call.store.buckets.get(call.bucket);
    const deleted = remove(call, call.key, checkVersionId(call.query.get("versionId")));
    const headers: Record<string, string> = {};
    if (deleted.versionId !== undefined) headers["x-amz-version-id"] = deleted.versionId;
    if (deleted.marker) headers["x-amz-delete-marker"] = "true";
    return { status: 204, headers };
  },
};

export const deleteObjects: Operation = {
  name: "DeleteObjects",
  method: "POST",
  on: "bucket",
  required: ["delete"],
  permissions: () => [],
  async run(call) {
    call.store.buckets.get(call.bucket);
    const guarded =
      call.headers.has("content-md5") || call.headers.has("x-amz-trailer") || [...call.headers.keys()].some((name) => name.startsWith("x-amz-checksum-"));
    if (!guarded) throw new S3Error("InvalidRequest", "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    const request = readXml(await readWhole(call.payload()), "Delete");
    const objects = request.all("Object");
    if (objects.length === 0 || objects.length > 1000) throw new S3Error("MalformedXML");
    const quiet = request.textOf("Quiet")?.trim() === "true";
    const lines: (Element | undefined)[] = objects.map((object) => {
      const key = object.one("Key").text;
      const versionId = object.textOf("VersionId");
      try {
        if (["ETag", "LastModifiedTime", "Size"].some((name) => object.all(name).length > 0)) throw new S3Error("NotImplemented");
        authorize(call.user, permissions(call, key, versionId));
        if (Buffer.byteLength(key) > 1024) throw new S3Error("KeyTooLongError");
        const deleted = remove(call, key, checkVersionId(versionId));
        if (quiet) return undefined;
        const marker = deleted.marker ? [element("DeleteMarker", true), optional("DeleteMarkerVersionId", deleted.versionId)] : [];
        return element("Deleted", element("Key", key), optional("VersionId", versionId), marker);
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        return element("Error", element("Key", key), optional("VersionId", versionId), element("Code", error.code), element("Message", error.message));
      }
    });
    return xmlReply(document("DeleteResult", lines));
  },
};
