import { readWhole } from "../body/open-payload.ts";
import { versionHeader } from "../http/describe-object.ts";
import { calledVersion } from "../http/find-version.ts";
import { bypassActions, lockOf, parseRetention, refuseWeaker } from "../http/object-lock.ts";
import { allow, type Call, type Operation, permissionFor, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { ObjectLock } from "../store/attributes.ts";
import type { ObjectVersion } from "../store/versions.ts";
import { readXml, type XmlElement } from "../xml/read-xml.ts";
import { document, element } from "../xml/write-xml.ts";

const malformed = () => new S3Error("MalformedXML");

const optionalOne = (parent: XmlElement, name: string): XmlElement | undefined => (parent.all(name).length === 0 ? undefined : parent.one(name));

function readDefault(rule: XmlElement): ObjectLock["byDefault"] {
  const retention = rule.one("DefaultRetention");
  const mode = retention.one("Mode").text;
  const [days, years] = [retention.textOf("Days"), retention.textOf("Years")];
  if ((mode !== "GOVERNANCE" && mode !== "COMPLIANCE") || (days === undefined) === (years === undefined)) throw malformed();
  const period = Number(days ?? years);
  const max = days === undefined ? 100 : 36_500;
  if (!Number.isInteger(period) || period < 1 || period > max)
    throw new S3Error(
      "InvalidArgument",
      `Default retention period must be a positive integer value of ${max} ${days === undefined ? "years" : "days"} at most`,
    );
  return days === undefined ? { mode, years: period } : { mode, days: period };
}

export const putObjectLockConfiguration: Operation = {
  name: "PutObjectLockConfiguration",
  method: "PUT",
  on: "bucket",
  required: ["object-lock"],
  permissions: allow("s3:PutBucketObjectLockConfiguration"),
  async run(call) {
    const configuration = readXml(await readWhole(call.payload()), "ObjectLockConfiguration");
    if (configuration.textOf("ObjectLockEnabled") !== "Enabled") throw malformed();
    const rule = optionalOne(configuration, "Rule");
    const byDefault = rule && readDefault(rule);
    if (call.store.buckets.get(call.bucket).versioning !== "Enabled")
      throw new S3Error("InvalidBucketState", "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    call.store.transaction(() => call.store.buckets.set(call.bucket, { objectLock: { byDefault } }));
    return { status: 200 };
  },
};

export const getObjectLockConfiguration: Operation = {
  name: "GetObjectLockConfiguration",
  method: "GET",
  on: "bucket",
  required: ["object-lock"],
  permissions: allow("s3:GetBucketObjectLockConfiguration"),
  run(call) {
    const { objectLock } = call.store.buckets.get(call.bucket).settings;
    if (!objectLock) throw new S3Error("ObjectLockConfigurationNotFoundError", undefined, { BucketName: call.bucket });
    const { byDefault } = objectLock;
    const period = byDefault && ("days" in byDefault ? element("Days", byDefault.days) : element("Years", byDefault.years));
    return xmlReply(
      document(
        "ObjectLockConfiguration",
        element("ObjectLockEnabled", "Enabled"),
        byDefault && element("Rule", element("DefaultRetention", element("Mode", byDefault.mode), period)),
      ),
    );
  },
};

/** The version called upon, in a bucket that has Object Lock. */
function lockable(call: Call): ObjectVersion {
  lockOf(call.store.buckets.get(call.bucket));
  return calledVersion(call);
}

const versionOf = (version: ObjectVersion): Record<string, string> => versionHeader(version.versionId, true);

export const putObjectRetention: Operation = {
  name: "PutObjectRetention",
  method: "PUT",
  on: "object",
  required: ["retention"],
  accepts: ["versionId"],
  permissions: (call) => ["s3:PutObjectRetention", ...bypassActions(call)].map((action) => permissionFor(call, action)),
  async run(call) {
    const asked = readXml(await readWhole(call.payload()), "Retention");
    const [mode, until] = [asked.textOf("Mode"), asked.textOf("RetainUntilDate")];
    if ((mode === undefined) !== (until === undefined)) throw malformed();
    const retention = mode === undefined || until === undefined ? undefined : parseRetention(mode, until, call.now, malformed);
    const version = lockable(call);
    refuseWeaker(call, version.attributes.retention, retention);
    call.store.transaction(() => call.store.versions.setAttributes(version, { retention }));
    return { status: 200, headers: versionOf(version) };
  },
};

export const getObjectRetention: Operation = {
  name: "GetObjectRetention",
  method: "GET",
  on: "object",
  required: ["retention"],
  accepts: ["versionId"],
  permissions: allow("s3:GetObjectRetention"),
  run(call) {
    const version = lockable(call);
    const { retention } = version.attributes;
    if (!retention) throw new S3Error("NoSuchObjectLockConfiguration", undefined, { Key: call.key });
    const until = new Date(retention.until).toISOString();
    return xmlReply(document("Retention", element("Mode", retention.mode), element("RetainUntilDate", until)), versionOf(version));
  },
};

export const putObjectLegalHold: Operation = {
  name: "PutObjectLegalHold",
  method: "PUT",
  on: "object",
  required: ["legal-hold"],
  accepts: ["versionId"],
  permissions: allow("s3:PutObjectLegalHold"),
  async run(call) {
    const status = readXml(await readWhole(call.payload()), "LegalHold").textOf("Status");
    if (status !== "ON" && status !== "OFF") throw malformed();
    const version = lockable(call);
    call.store.transaction(() => call.store.versions.setAttributes(version, { legalHold: status }));
    return { status: 200, headers: versionOf(version) };
  },
};

export const getObjectLegalHold: Operation = {
  name: "GetObjectLegalHold",
  method: "GET",
  on: "object",
  required: ["legal-hold"],
  accepts: ["versionId"],
  permissions: allow("s3:GetObjectLegalHold"),
  run(call) {
    const version = lockable(call);
    const { legalHold } = version.attributes;
    if (!legalHold) throw new S3Error("NoSuchObjectLockConfiguration", undefined, { Key: call.key });
    return xmlReply(document("LegalHold", element("Status", legalHold)), versionOf(version));
  },
};
