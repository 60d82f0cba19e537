import { readWhole } from "../body/open-payload.ts";
import { aclDocument, aclOfDocument, aclOfHeaders, ownsAll } from "../http/acl.ts";
import { versionHeader } from "../http/describe-object.ts";
import { calledVersion } from "../http/find-version.ts";
import { allow, allowVersion, type Call, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectVersion } from "../store/versions.ts";

const versionOf = (call: Call, version: ObjectVersion): Record<string, string> =>
  versionHeader(version.versionId, call.store.buckets.get(call.bucket).versioning !== "");

export const getObjectAcl: Operation = {
  name: "GetObjectAcl",
  method: "GET",
  on: "object",
  required: ["acl"],
  accepts: ["versionId"],
  permissions: allowVersion("s3:GetObjectAcl", "s3:GetObjectVersionAcl"),
  run(call) {
    const version = calledVersion(call);
    return xmlReply(aclDocument(call, ownsAll(call) ? null : version.acl), versionOf(call, version));
  },
};

export const putObjectAcl: Operation = {
  name: "PutObjectAcl",
  method: "PUT",
  on: "object",
  required: ["acl"],
  accepts: ["versionId"],
  permissions: allowVersion("s3:PutObjectAcl", "s3:PutObjectVersionAcl"),
  async run(call) {
    const body = await readWhole(call.payload());
    const byHeaders = aclOfHeaders(call);
    if (byHeaders === undefined && body.length === 0) throw new S3Error("MissingSecurityHeader", undefined, { MissingHeaderName: "x-amz-acl" });
    if (byHeaders !== undefined && body.length > 0) throw new S3Error("UnexpectedContent");
    const acl = byHeaders === undefined ? aclOfDocument(call, body) : byHeaders;
    const version = calledVersion(call);
    if (ownsAll(call)) throw new S3Error("AccessControlListNotSupported");
    call.store.transaction(() => call.store.versions.setAcl(version, acl));
    return { status: 200, headers: versionOf(call, version) };
  },
};

/** Buckets are their owner's alone. */
export const getBucketAcl: Operation = {
  name: "GetBucketAcl",
  method: "GET",
  on: "bucket",
  required: ["acl"],
  permissions: allow("s3:GetBucketAcl"),
  run(call) {
    call.store.buckets.get(call.bucket);
    return xmlReply(aclDocument(call, null));
  },
};
