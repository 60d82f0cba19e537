import type { Permission } from "../auth/authorize.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { refuseArchived } from "./archive.ts";
import { checkVersionId, findVersion } from "./find-version.ts";
import type { Call } from "./operation.ts";
import { checkReadConditions } from "./preconditions.ts";

export interface CopySource {
  bucket: string;
  key: string;
  versionId: string | undefined;
}

/** `x-amz-copy-source`: a bucket and a URL-encoded key, perhaps with a version. @throws S3Error InvalidArgument */
export function parseCopySource(header: string): CopySource {
  const invalid = () =>
    new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", {
      ArgumentName: "x-amz-copy-source",
      ArgumentValue: header,
    });
  const mark = header.indexOf("?versionId=");
  try {
    const path = decodeURIComponent(mark < 0 ? header : header.slice(0, mark)).replace(/^\//, "");
    const versionId = mark < 0 ? undefined : decodeURIComponent(header.slice(mark + "?versionId=".length));
    const slash = path.indexOf("/");
    if (slash < 1 || slash === path.length - 1) throw invalid();
    return { bucket: path.slice(0, slash), key: path.slice(slash + 1), versionId };
  } catch {
    throw invalid();
  }
}

/** What reading the source asks for. */
export const sourcePermissions = (source: CopySource): Permission[] => [
  { action: source.versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", bucket: source.bucket, key: source.key },
];

/**
 * Finds the version to copy from and checks the `x-amz-copy-source-if-…` conditions.
 * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, InvalidRequest, PreconditionFailed, InvalidObjectState
 */
export function openCopySource(call: Call, source: CopySource): ObjectVersion {
  const { versions } = call.store;
  if (source.versionId !== undefined && versions.byId(source.bucket, source.key, checkVersionId(source.versionId) ?? "")?.marker)
    throw new S3Error("InvalidRequest", "The source of a copy request may not specifically refer to a delete marker by version id.");
  const version = findVersion(call, source.bucket, source.key, source.versionId);
  if (checkReadConditions(call.headers, version, "x-amz-copy-source-") === "unchanged") throw new S3Error("PreconditionFailed");
  refuseArchived(call, version);
  return version;
}

/** The header that names the version copied from. */
export const sourceVersionHeader = (call: Call, source: ObjectVersion): Record<string, string> =>
  call.store.buckets.get(source.bucket).versioning === "" ? {} : { "x-amz-copy-source-version-id": source.versionId };
