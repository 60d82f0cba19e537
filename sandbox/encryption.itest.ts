import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, UpdateObjectEncryptionCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { expectError } from "./contract/expect-error.ts";
import { inDays } from "./contract/locked-objects.ts";
import { ownSandbox } from "./contract/own-sandbox.ts";

const own = ownSandbox();
const target = { Bucket: "bucket", Key: "a" };
const KMSKeyArn = "arn:aws:kms:us-east-1:000000000000:key/0b7a0e2c-1111-4222-8333-444455556666";
const update = new UpdateObjectEncryptionCommand({ ...target, ObjectEncryption: { SSEKMS: { KMSKeyArn } } });

test("a store may not know how to change the encryption of an object", async () => {
  await own.start({ updateObjectEncryption: false });
  const s3 = own.connect();
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  await s3.send(new PutObjectCommand({ ...target, Body: "1" }));
  await expectError(s3.send(update), "NotImplemented", 501);
  expect((await s3.send(new HeadObjectCommand(target))).ServerSideEncryption).toBe("AES256");
});

test("the encryption of what is locked is not changed before the lock is over", async () => {
  const sandbox = await own.start();
  const s3 = own.connect();
  await s3.send(new CreateBucketCommand({ Bucket: "bucket", ObjectLockEnabledForBucket: true }));
  await s3.send(new PutObjectCommand({ ...target, Body: "1", ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) }));
  await expectError(s3.send(update), "AccessDenied", 403);
  sandbox.advance(2 * 86_400_000);
  await s3.send(update);
  expect((await s3.send(new HeadObjectCommand(target))).SSEKMSKeyId).toBe(KMSKeyArn);
});

test("what is encrypted twice is not changed", async () => {
  await own.start();
  const s3 = own.connect();
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  await s3.send(new PutObjectCommand({ ...target, Body: "1", ServerSideEncryption: "aws:kms:dsse" }));
  await expectError(s3.send(update), "InvalidRequest", 400);
});
