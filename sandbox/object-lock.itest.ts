import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { expectError } from "./contract/expect-error.ts";
import { inDays } from "./contract/locked-objects.ts";
import { mainUser, ownSandbox } from "./contract/own-sandbox.ts";

const own = ownSandbox();
const DAY = 86_400_000;
const limited = (...deny: string[]) => ({ ...mainUser, accessKeyId: "LIMITED", name: "limited", policy: { deny } });

async function locked(mode: "COMPLIANCE" | "GOVERNANCE") {
  const s3 = own.connect();
  await s3.send(new CreateBucketCommand({ Bucket: "bucket", ObjectLockEnabledForBucket: true }));
  const target = { Bucket: "bucket", Key: "a" };
  const { VersionId } = await s3.send(new PutObjectCommand({ ...target, Body: "1", ObjectLockMode: mode, ObjectLockRetainUntilDate: inDays(10) }));
  return { s3, target, version: { ...target, VersionId } };
}

test("a retention ends by the sandbox's clock, and is still told afterwards", async () => {
  const sandbox = await own.start();
  const { s3, version } = await locked("COMPLIANCE");
  sandbox.advance(9 * DAY);
  await expectError(s3.send(new DeleteObjectCommand(version)), "AccessDenied", 403);
  sandbox.advance(2 * DAY);
  expect((await s3.send(new HeadObjectCommand(version))).ObjectLockRetainUntilDate).toEqual(inDays(10));
  // What has ended is not to be sent again with a copy.
  const past = new CopyObjectCommand({
    Bucket: "bucket",
    Key: "b",
    CopySource: "bucket/a",
    ObjectLockMode: "COMPLIANCE",
    ObjectLockRetainUntilDate: inDays(10),
  });
  await expectError(s3.send(past), "InvalidArgument", 400);
  await s3.send(new PutObjectRetentionCommand({ ...version, Retention: { Mode: "GOVERNANCE", RetainUntilDate: inDays(12) } }));
  await s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true }));
});

test("locks outlive a restart", async () => {
  await own.start();
  const { version } = await locked("GOVERNANCE");
  await own.connect().send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "ON" } }));
  await own.stop();
  await own.start();
  const head = await own.connect().send(new HeadObjectCommand(version));
  expect([head.ObjectLockMode, head.ObjectLockLegalHoldStatus]).toEqual(["GOVERNANCE", "ON"]);
  await expectError(own.connect().send(new DeleteObjectCommand(version)), "AccessDenied", 403);
});

test("locks are hidden from who may not read them", async () => {
  await own.start({ users: [limited("s3:GetObjectRetention", "s3:GetObjectLegalHold")] });
  const { s3, version } = await locked("GOVERNANCE");
  await s3.send(new PutObjectLegalHoldCommand({ ...version, LegalHold: { Status: "ON" } }));
  const blind = own.connect({ ...mainUser, accessKeyId: "LIMITED" });
  const head = await blind.send(new HeadObjectCommand(version));
  expect([head.ObjectLockMode, head.ObjectLockRetainUntilDate, head.ObjectLockLegalHoldStatus]).toEqual([undefined, undefined, undefined]);
  await expectError(blind.send(new GetObjectRetentionCommand(version)), "AccessDenied", 403);
});

test("GOVERNANCE holds against who may not bypass it", async () => {
  await own.start({ users: [limited("s3:BypassGovernanceRetention")] });
  const { version } = await locked("GOVERNANCE");
  const s3 = own.connect({ ...mainUser, accessKeyId: "LIMITED" });
  await expectError(s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true })), "AccessDenied", 403);
  await expectError(s3.send(new PutObjectRetentionCommand({ ...version, Retention: {}, BypassGovernanceRetention: true })), "AccessDenied", 403);
});

test("locks by headers need rights of their own", async () => {
  await own.start({ users: [limited("s3:PutObjectRetention", "s3:PutObjectLegalHold")] });
  await locked("GOVERNANCE");
  const s3 = own.connect({ ...mainUser, accessKeyId: "LIMITED" });
  const put = { Bucket: "bucket", Key: "b", Body: "1" };
  await s3.send(new PutObjectCommand(put));
  await expectError(s3.send(new PutObjectCommand({ ...put, ObjectLockLegalHoldStatus: "ON" })), "AccessDenied", 403);
  const retention = { ObjectLockMode: "GOVERNANCE" as const, ObjectLockRetainUntilDate: inDays(1) };
  await expectError(s3.send(new PutObjectCommand({ ...put, ...retention })), "AccessDenied", 403);
  await expectError(s3.send(new CopyObjectCommand({ Bucket: "bucket", Key: "b", CopySource: "bucket/a", ...retention })), "AccessDenied", 403);
});
