import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError, expectStatus } from "../expect-error.ts";
import { sendRaw, signRaw } from "../raw-request.ts";

export const buckets: Suite = (check) => {
  check("are made, found, listed and deleted", async ({ s3, bucket }) => {
    const name = await bucket();
    await s3.send(new HeadBucketCommand({ Bucket: name }));
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
    expect(Buckets.find((entry) => entry.Name === name)?.CreationDate).toBeInstanceOf(Date);
    await s3.send(new DeleteBucketCommand({ Bucket: name }));
    await expectStatus(s3.send(new HeadBucketCommand({ Bucket: name })), 404);
  });

  check("can be made again by their owner", async ({ s3, bucket }) => {
    const name = await bucket();
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  });

  check("must have a valid name", async ({ s3 }) => {
    for (const name of ["Upper-Case", "ab", "under_score", "two..dots"])
      await expectError(s3.send(new CreateBucketCommand({ Bucket: name })), "InvalidBucketName", 400);
  });

  check("are not deleted while they hold an object", async ({ s3, bucket }) => {
    const name = await bucket();
    await s3.send(new PutObjectCommand({ Bucket: name, Key: "a", Body: "1" }));
    await expectError(s3.send(new DeleteBucketCommand({ Bucket: name })), "BucketNotEmpty", 409);
  });

  check("that do not exist are NoSuchBucket", async ({ s3 }) => {
    await expectError(s3.send(new DeleteBucketCommand({ Bucket: "no-such-bucket" })), "NoSuchBucket", 404);
    await expectError(s3.send(new PutObjectCommand({ Bucket: "no-such-bucket", Key: "a", Body: "1" })), "NoSuchBucket", 404);
  });

  check("tell their location", async ({ s3, bucket }) => {
    const location = await s3.send(new GetBucketLocationCommand({ Bucket: await bucket() }));
    expect(location.$metadata.httpStatusCode).toBe(200);
  });

  check("have versioning off, on and suspended", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    for (const Status of ["Enabled", "Suspended"] as const) {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
      expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe(Status);
    }
  });

  check("refuse a versioning document that is not XML", async ({ server, bucket }) => {
    const reply = await sendRaw(server, await signRaw(server, { method: "PUT", path: `/${await bucket()}`, query: { versioning: "" }, body: "<Versioning" }));
    expect([reply.status, reply.code]).toEqual([400, "MalformedXML"]);
  });
};
