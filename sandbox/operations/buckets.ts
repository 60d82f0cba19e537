import { readWhole } from "../body/open-payload.ts";
import type { Call, Operation } from "../http/operation.ts";
import { allow, permissionFor, xmlReply } from "../http/operation.ts";
import { S3Error } from "../s3-error.ts";
import type { Versioning } from "../store/buckets.ts";
import { readXml } from "../xml/read-xml.ts";
import { document, element } from "../xml/write-xml.ts";
import { readOwnership } from "./ownership.ts";

const validName = /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const ownerElement = (call: Call) => element("Owner", element("ID", call.owner.id), element("DisplayName", call.owner.name));

export const listBuckets: Operation = {
  name: "ListBuckets",
  method: "GET",
  on: "service",
  permissions: () => [{ action: "s3:ListAllMyBuckets", bucket: "" }],
  run: (call) =>
    xmlReply(
      document(
        "ListAllMyBucketsResult",
        ownerElement(call),
        element(
          "Buckets",
          call.store.buckets
            .all()
            .map((bucket) => element("Bucket", element("Name", bucket.name), element("CreationDate", new Date(bucket.created).toISOString()))),
        ),
      ),
    ),
};

/** Object Lock brings versioning along. */
const locks = ({ headers }: Call): boolean => headers.get("x-amz-bucket-object-lock-enabled")?.toLowerCase() === "true";

export const createBucket: Operation = {
  name: "CreateBucket",
  method: "PUT",
  on: "bucket",
  permissions: (call) =>
    ["s3:CreateBucket", ...(locks(call) ? ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"] : [])].map((action) => permissionFor(call, action)),
  async run(call) {
    const body = await readWhole(call.payload());
    const constraint = body.length === 0 ? undefined : readXml(body, "CreateBucketConfiguration").textOf("LocationConstraint");
    if (!validName.test(call.bucket)) throw new S3Error("InvalidBucketName", undefined, { BucketName: call.bucket });
    if (constraint !== undefined && !/^[A-Za-z0-9-]{1,63}$/.test(constraint)) throw new S3Error("InvalidLocationConstraint");
    const asked = call.headers.get("x-amz-object-ownership");
    const ownership = asked === undefined ? undefined : readOwnership(asked, () => new S3Error("InvalidArgument", "Invalid x-amz-object-ownership header"));
    const existing = call.store.buckets.find(call.bucket);
    // In us-east-1, and only there, making one's own bucket again succeeds.
    if (existing && call.region !== "us-east-1") throw new S3Error("BucketAlreadyOwnedByYou", undefined, { BucketName: call.bucket });
    if (!existing)
      call.store.transaction(() => {
        const { buckets } = call.store;
        buckets.create(call.bucket, constraint ?? call.region, call.now);
        if (ownership) buckets.set(call.bucket, { ownership });
        if (!locks(call)) return;
        buckets.setVersioning(call.bucket, "Enabled");
        buckets.set(call.bucket, { objectLock: {} });
      });
    return { status: 200, headers: { location: `/${call.bucket}` } };
  },
};

export const headBucket: Operation = {
  name: "HeadBucket",
  method: "HEAD",
  on: "bucket",
  permissions: allow("s3:ListBucket"),
  run: (call) => ({ status: 200, headers: { "x-amz-bucket-region": call.store.buckets.get(call.bucket).region, "content-type": "application/xml" } }),
};

export const deleteBucket: Operation = {
  name: "DeleteBucket",
  method: "DELETE",
  on: "bucket",
  permissions: allow("s3:DeleteBucket"),
  run(call) {
    const { store, bucket } = call;
    store.buckets.get(bucket);
    if (!store.buckets.isEmpty(bucket)) throw new S3Error("BucketNotEmpty", undefined, { BucketName: bucket });
    store.transaction(() => {
      for (const upload of store.uploads.all(bucket)) store.uploads.end(upload);
      store.buckets.delete(bucket);
    });
    return { status: 204 };
  },
};

export const getBucketLocation: Operation = {
  name: "GetBucketLocation",
  method: "GET",
  on: "bucket",
  required: ["location"],
  permissions: allow("s3:GetBucketLocation"),
  run(call) {
    const { region } = call.store.buckets.get(call.bucket);
    return xmlReply(document("LocationConstraint", region === "us-east-1" ? "" : region));
  },
};

export const getBucketVersioning: Operation = {
  name: "GetBucketVersioning",
  method: "GET",
  on: "bucket",
  required: ["versioning"],
  permissions: allow("s3:GetBucketVersioning"),
  run(call) {
    const { versioning } = call.store.buckets.get(call.bucket);
    return xmlReply(document("VersioningConfiguration", versioning === "" ? undefined : element("Status", versioning)));
  },
};

export const putBucketVersioning: Operation = {
  name: "PutBucketVersioning",
  method: "PUT",
  on: "bucket",
  required: ["versioning"],
  permissions: allow("s3:PutBucketVersioning"),
  async run(call) {
    call.store.buckets.get(call.bucket);
    const configuration = readXml(await readWhole(call.payload()), "VersioningConfiguration");
    const status = configuration.textOf("Status");
    if (status !== "Enabled" && status !== "Suspended")
      throw status === undefined
        ? new S3Error("IllegalVersioningConfigurationException", "The Versioning element must be specified")
        : new S3Error("MalformedXML");
    if (status !== "Enabled" && call.store.buckets.get(call.bucket).settings.objectLock)
      throw new S3Error("InvalidBucketState", "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
    if (configuration.textOf("MfaDelete") === "Enabled") throw new S3Error("NotImplemented", undefined, { Header: "MfaDelete" });
    call.store.transaction(() => call.store.buckets.setVersioning(call.bucket, status satisfies Versioning));
    return { status: 200 };
  },
};
