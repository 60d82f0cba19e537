import { readWhole } from "../body/open-payload.ts";
import { versionHeader } from "../http/describe-object.ts";
import { findVersion } from "../http/find-version.ts";
import { type Call, type Operation, xmlReply } from "../http/operation.ts";
import { tagsOfDocument } from "../http/tags.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { document, element } from "../xml/write-xml.ts";

const target = (call: Call): ObjectVersion => findVersion(call.store, call.bucket, call.key, call.query.get("versionId"));

const replyVersion = (call: Call, version: ObjectVersion): Record<string, string> =>
  versionHeader(version.versionId, call.store.buckets.get(call.bucket).versioning !== "");

/** `s3:PutObjectTagging`, or `s3:PutObjectVersionTagging` when a version is named. */
const permission = (verb: string) => (call: Call) => [
  { action: call.query.has("versionId") ? `s3:${verb}ObjectVersionTagging` : `s3:${verb}ObjectTagging`, bucket: call.bucket },
];

export const getObjectTagging: Operation = {
  name: "GetObjectTagging",
  method: "GET",
  on: "object",
  required: ["tagging"],
  accepts: ["versionId"],
  permissions: permission("Get"),
  run(call) {
    const version = target(call);
    const tags = version.tags.map((tag) => element("Tag", element("Key", tag.key), element("Value", tag.value)));
    return xmlReply(document("Tagging", element("TagSet", tags)), replyVersion(call, version));
  },
};

export const putObjectTagging: Operation = {
  name: "PutObjectTagging",
  method: "PUT",
  on: "object",
  required: ["tagging"],
  accepts: ["versionId"],
  permissions: permission("Put"),
  async run(call) {
    const tags = tagsOfDocument(await readWhole(call.payload()));
    const version = target(call);
    call.store.transaction(() => call.store.versions.setTags(version, tags));
    return { status: 200, headers: replyVersion(call, version) };
  },
};

export const deleteObjectTagging: Operation = {
  name: "DeleteObjectTagging",
  method: "DELETE",
  on: "object",
  required: ["tagging"],
  accepts: ["versionId"],
  permissions: permission("Delete"),
  run(call) {
    const version = target(call);
    call.store.transaction(() => call.store.versions.setTags(version, []));
    return { status: 204, headers: replyVersion(call, version) };
  },
};
