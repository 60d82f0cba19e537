import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type Tier,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { expectError } from "./contract/expect-error.ts";
import { ownSandbox } from "./contract/own-sandbox.ts";

const own = ownSandbox();
const HOUR = 3_600_000;
const target = { Bucket: "bucket", Key: "a" };
/** 10:30 of a day, as in S3's own example. */
const morning = Date.parse("2026-10-15T10:30:00Z");

async function archived(StorageClass: "GLACIER" | "DEEP_ARCHIVE" = "GLACIER") {
  const sandbox = await own.start({ now: () => morning, restoreMs: { Expedited: 60_000, Standard: 5 * HOUR, Bulk: 12 * HOUR } });
  const s3 = own.connect();
  await s3.send(new CreateBucketCommand({ Bucket: "bucket" }));
  await s3.send(new PutObjectCommand({ ...target, Body: "cold", StorageClass }));
  const restore = (Days: number, Tier: Tier = "Standard") =>
    s3.send(new RestoreObjectCommand({ ...target, RestoreRequest: { Days, GlacierJobParameters: { Tier } } }));
  const told = async () => (await s3.send(new HeadObjectCommand(target))).Restore;
  return { sandbox, s3, restore, told };
}

test("restores after the time of the tier, until the midnight after its days", async () => {
  const { sandbox, s3, restore, told } = await archived();
  expect(await told()).toBeUndefined();
  expect((await restore(3)).$metadata.httpStatusCode).toBe(202);
  expect(await told()).toBe('ongoing-request="true"');
  await expectError(s3.send(new GetObjectCommand(target)), "InvalidObjectState", 403);
  sandbox.advance(5 * HOUR);
  expect(await told()).toBe('ongoing-request="false", expiry-date="Mon, 19 Oct 2026 00:00:00 GMT"');
  const got = await s3.send(new GetObjectCommand(target));
  expect([await got.Body?.transformToString(), got.StorageClass]).toEqual(["cold", "GLACIER"]);
  await s3.send(new CopyObjectCommand({ Bucket: "bucket", Key: "warm", CopySource: "bucket/a" }));
  expect((await s3.send(new HeadObjectCommand({ Bucket: "bucket", Key: "warm" }))).Restore).toBeUndefined();
  sandbox.advance(4 * 24 * HOUR);
  expect(await told()).toBeUndefined();
  await expectError(s3.send(new GetObjectCommand(target)), "InvalidObjectState", 403);
  expect((await restore(1)).$metadata.httpStatusCode).toBe(202);
});

test("is asked for once, and again only for more days or a faster tier", async () => {
  const { sandbox, restore, told } = await archived();
  await restore(1, "Bulk");
  await expectError(restore(1, "Bulk"), "RestoreAlreadyInProgress", 409);
  expect((await restore(1, "Expedited")).$metadata.httpStatusCode).toBe(202);
  await expectError(restore(1, "Standard"), "RestoreAlreadyInProgress", 409);
  sandbox.advance(60_000);
  expect(await told()).toContain('expiry-date="Sat, 17 Oct 2026 00:00:00 GMT"');
  expect((await restore(9, "Standard")).$metadata.httpStatusCode).toBe(200);
  expect(await told()).toBe('ongoing-request="false", expiry-date="Sun, 25 Oct 2026 00:00:00 GMT"');
});

test("knows no fast way out of the deep archive", async () => {
  const { restore } = await archived("DEEP_ARCHIVE");
  await expectError(restore(1, "Expedited"), "InvalidArgument", 400);
  expect((await restore(1, "Bulk")).$metadata.httpStatusCode).toBe(202);
});
