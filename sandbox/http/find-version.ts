import { mayDo } from "../auth/authorize.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";
import type { Call } from "./operation.ts";

/** @throws S3Error InvalidArgument for what cannot be a version id. */
export function checkVersionId(versionId: string | undefined): string | undefined {
  if (versionId === undefined || versionId === "null" || /^[A-Za-z0-9._]{32}$/.test(versionId)) return versionId;
  const message = versionId === "" ? "Version id cannot be the empty string" : "Invalid version id specified";
  throw new S3Error("InvalidArgument", message, { ArgumentName: "versionId", ArgumentValue: versionId });
}

const markerHeaders = (version: ObjectVersion): Record<string, string> => ({ "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId });

/** Who may not list a bucket is not told what is not in it. */
function missing({ user }: Call, bucket: string, key: string, marker?: ObjectVersion): S3Error {
  if (!mayDo(user, { action: "s3:ListBucket", bucket }))
    return new S3Error("AccessDenied", `User ${user.name} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${bucket}"`);
  return new S3Error("NoSuchKey", undefined, { Key: key }, marker ? markerHeaders(marker) : {});
}

/** The version of the object called upon that the request names, or the current one. @throws as `findVersion` */
export const calledVersion = (call: Call): ObjectVersion => findVersion(call, call.bucket, call.key, call.query.get("versionId"));

/**
 * A version by its id, or the current one.
 * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied, or MethodNotAllowed for a delete marker.
 */
export function findVersion(call: Call, bucket: string, key: string, versionId: string | undefined): ObjectVersion {
  const { store } = call;
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
  if (!version || version.marker) throw missing(call, bucket, key, version);
  return version;
}
