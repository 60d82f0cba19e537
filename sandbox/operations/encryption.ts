import { readWhole } from "../body/open-payload.ts";
import { versionHeader } from "../http/describe-object.ts";
import { isKeyArn, isKms, keyArn, readAlgorithm } from "../http/encryption.ts";
import { calledVersion } from "../http/find-version.ts";
import { protectedError } from "../http/object-lock.ts";
import { allow, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { Encryption } from "../store/attributes.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, element, optional } from "../xml/write-xml.ts";

export const getBucketEncryption: Operation = {
  name: "GetBucketEncryption",
  method: "GET",
  on: "bucket",
  required: ["encryption"],
  permissions: allow("s3:GetEncryptionConfiguration"),
  run(call) {
    const { algorithm, keyId, bucketKey }: Encryption = call.store.buckets.get(call.bucket).settings.encryption ?? { algorithm: "AES256" };
    const byDefault = element("ApplyServerSideEncryptionByDefault", element("SSEAlgorithm", algorithm), optional("KMSMasterKeyID", keyId));
    return xmlReply(document("ServerSideEncryptionConfiguration", element("Rule", byDefault, element("BucketKeyEnabled", bucketKey === true))));
  },
};

export const putBucketEncryption: Operation = {
  name: "PutBucketEncryption",
  method: "PUT",
  on: "bucket",
  required: ["encryption"],
  permissions: allow("s3:PutEncryptionConfiguration"),
  async run(call) {
    const rule = readXml(await readWhole(call.payload()), "ServerSideEncryptionConfiguration").one("Rule");
    const byDefault = rule.one("ApplyServerSideEncryptionByDefault");
    const algorithm = readAlgorithm(byDefault.one("SSEAlgorithm").text, () => new S3Error("MalformedXML"));
    const key = byDefault.textOf("KMSMasterKeyID");
    if (key !== undefined && !isKms(algorithm))
      throw new S3Error("InvalidArgument", "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms");
    const keyId = key === undefined ? undefined : keyArn(call, key);
    const bucketKey = rule.textOf("BucketKeyEnabled") === "true";
    call.store.transaction(() => call.store.buckets.set(call.bucket, { encryption: { algorithm, keyId, bucketKey } }));
    return { status: 200 };
  },
};

export const deleteBucketEncryption: Operation = {
  name: "DeleteBucketEncryption",
  method: "DELETE",
  on: "bucket",
  required: ["encryption"],
  permissions: allow("s3:PutEncryptionConfiguration"),
  run(call) {
    call.store.transaction(() => call.store.buckets.set(call.bucket, { encryption: undefined }));
    return { status: 204 };
  },
};

const refuse = (message: string) => new S3Error("InvalidRequest", message);

/** @throws S3Error MalformedXML, InvalidRequest */
function readNewEncryption(body: Buffer): Encryption {
  const [kms, ...more] = readXml(body, "ObjectEncryption").all("SSE-KMS");
  if (!kms || more.length > 0)
    throw refuse("Requests that modify an object encryption configuration require a valid new encryption type. Valid values are SSEKMS.");
  const keyId = kms.textOf("KMSKeyArn") ?? "";
  if (!isKeyArn(keyId)) throw refuse("Requests that modify an object's encryption type to SSE-KMS require a valid AWS KMS key Amazon Resource Name (ARN).");
  const bucketKey = kms.textOf("BucketKeyEnabled") ?? "false";
  if (bucketKey !== "true" && bucketKey !== "false") throw refuse("The BucketKeyEnabled value isn't valid. Valid values are true or false.");
  return { algorithm: "aws:kms", keyId, ...(bucketKey === "true" && { bucketKey: true }) };
}

/** Changes the key of an object where it is: neither its bytes nor its date nor its ETag change. */
export const updateObjectEncryption: Operation = {
  name: "UpdateObjectEncryption",
  method: "PUT",
  on: "object",
  required: ["encryption"],
  accepts: ["versionId"],
  permissions: allow("s3:UpdateObjectEncryption"),
  async run(call) {
    if (!call.settings.updateObjectEncryption) throw new S3Error("NotImplemented", undefined, { Parameter: "encryption" });
    const encryption = readNewEncryption(await readWhole(call.payload()));
    const version = calledVersion(call);
    const { retention, legalHold, encryption: earlier } = version.attributes;
    if (legalHold === "ON" || (retention && retention.until > call.now)) throw protectedError();
    if (!earlier) throw refuse("The UpdateObjectEncryption operation doesn't support unencrypted source objects.");
    if (earlier.algorithm === "aws:kms:dsse")
      throw refuse("The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C.");
    call.store.transaction(() => call.store.versions.setAttributes(version, { encryption }));
    return { status: 200, headers: versionHeader(version.versionId, call.store.buckets.get(call.bucket).versioning !== "") };
  },
};
