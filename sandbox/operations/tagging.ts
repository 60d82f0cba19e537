import { readWhole } from "../body/open-payload.ts";
import { versionHeader } from "../http/describe-object.ts";
import { calledVersion } from "../http/find-version.ts";
import { allowVersion, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { tagsOfDocument } from "../http/tags.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { document, element } from "../xml/write-xml.ts";

const replyVersion = (call: Call, version: ObjectVersion): Record<string, string> =>
  versionHeader(version.versionId, call.store.buckets.get(call.bucket).versioning !== "");

const permission = (verb: string) => allowVersion(`s3:${verb}ObjectTagging`, `s3:${verb}ObjectVersionTagging`);

export const getObjectTagging: Operation = {
  name: "GetObjectTagging",
  method: "GET",
  on: "object",
  required: ["tagging"],
  accepts: ["versionId"],
  permissions: permission("Get"),
  run(call) {
    const version = calledVersion(call);
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
    const version = calledVersion(call);
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
    const version = calledVersion(call);
    call.store.transaction(() => call.store.versions.setTags(version, []));
    return { status: 204, headers: replyVersion(call, version) };
  },
};
