import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";
import type { Call } from "./operation.ts";

export type RestoreState = "never archived" | "archived" | "ongoing" | "restored";

const archivedClasses = ["GLACIER", "DEEP_ARCHIVE"];

/** Where an object stands by the sandbox's clock: a restored one is archived again when its days are over. */
export function restoreState({ now }: Call, { storageClass, attributes: { restore } }: ObjectVersion): RestoreState {
  if (!archivedClasses.includes(storageClass)) return "never archived";
  if (!restore || restore.expiresAt <= now) return "archived";
  return restore.readyAt > now ? "ongoing" : "restored";
}

/** @throws S3Error InvalidObjectState for an object that has to be restored first. */
export function refuseArchived(call: Call, version: ObjectVersion): void {
  const state = restoreState(call, version);
  if (state === "archived" || state === "ongoing") throw new S3Error("InvalidObjectState", undefined, { StorageClass: version.storageClass });
}

/** `x-amz-restore` of GET and HEAD. */
export function restoreHeaders(call: Call, version: ObjectVersion): Record<string, string> {
  const { restore } = version.attributes;
  const state = restoreState(call, version);
  if (state === "ongoing") return { "x-amz-restore": 'ongoing-request="true"' };
  if (state !== "restored" || !restore) return {};
  return { "x-amz-restore": `ongoing-request="false", expiry-date="${new Date(restore.expiresAt).toUTCString()}"` };
}
