import { S3Error } from "../s3-error.ts";
import type { Store } from "../store/open-store.ts";
import type { ObjectVersion } from "../store/versions.ts";

/** @throws S3Error InvalidArgument for what cannot be a version id. */
export function checkVersionId(versionId: string | undefined): string | undefined {
  if (versionId === undefined || versionId === "null" || /^[A-Za-z0-9._]{32}$/.test(versionId)) return versionId;
  const message = versionId === "" ? "Version id cannot be the empty string" : "Invalid version id specified";
  throw new S3Error("InvalidArgument", message, { ArgumentName: "versionId", ArgumentValue: versionId });
}

const markerHeaders = (version: ObjectVersion): Record<string, string> => ({ "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId });

/**
 * The version a request names, or the current one.
 * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker.
 */
export function findVersion(store: Store, bucket: string, key: string, versionId: string | undefined): ObjectVersion {
  store.buckets.get(bucket);
  const id = checkVersionId(versionId);
  if (id !== undefined) {
    const version = store.versions.byId(bucket, key, id);
    if (!version) throw new S3Error("NoSuchVersion", undefined, { Key: key, VersionId: id });
    if (version.marker) {
      const headers = { ...markerHeaders(version), "last-modified": new Date(version.modified).toUTCString(), allow: "DELETE" };
      throw new S3Error("MethodNotAllowed", undefined, { Method: "GET", ResourceType: "DeleteMarker" }, headers);
    }
    return version;
  }
  const version = store.versions.current(bucket, key);
  if (!version) throw new S3Error("NoSuchKey", undefined, { Key: key });
  if (version.marker) throw new S3Error("NoSuchKey", undefined, { Key: key }, markerHeaders(version));
  return version;
}
