import { readWhole } from "../body/open-payload.ts";
import { allow, type Operation, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import { type Ownership, ownerships } from "../store/attributes.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, element } from "../xml/write-xml.ts";

/** @throws the error that `unknown` makes */
export function readOwnership(text: string, unknown: () => S3Error): Ownership {
  const ownership = ownerships.find((name) => name === text);
  if (!ownership) throw unknown();
  return ownership;
}

export const getBucketOwnershipControls: Operation = {
  name: "GetBucketOwnershipControls",
  method: "GET",
  on: "bucket",
  required: ["ownershipControls"],
  permissions: allow("s3:GetBucketOwnershipControls"),
  run(call) {
    const { ownership } = call.store.buckets.get(call.bucket).settings;
    if (!ownership) throw new S3Error("OwnershipControlsNotFoundError", undefined, { BucketName: call.bucket });
    return xmlReply(document("OwnershipControls", element("Rule", element("ObjectOwnership", ownership))));
  },
};

export const putBucketOwnershipControls: Operation = {
  name: "PutBucketOwnershipControls",
  method: "PUT",
  on: "bucket",
  required: ["ownershipControls"],
  permissions: allow("s3:PutBucketOwnershipControls"),
  async run(call) {
    const rule = readXml(await readWhole(call.payload()), "OwnershipControls").one("Rule");
    const ownership = readOwnership(rule.one("ObjectOwnership").text, () => new S3Error("MalformedXML"));
    call.store.transaction(() => call.store.buckets.set(call.bucket, { ownership }));
    return { status: 200 };
  },
};

export const deleteBucketOwnershipControls: Operation = {
  name: "DeleteBucketOwnershipControls",
  method: "DELETE",
  on: "bucket",
  required: ["ownershipControls"],
  permissions: allow("s3:PutBucketOwnershipControls"),
  run(call) {
    call.store.transaction(() => call.store.buckets.set(call.bucket, { ownership: undefined }));
    return { status: 204 };
  },
};
