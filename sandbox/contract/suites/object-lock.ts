import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  type ObjectLockRetention,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { inDays, lockable, putWithDigest } from "../locked-objects.ts";

const governance = (days: number): ObjectLockRetention => ({ Mode: "GOVERNANCE", RetainUntilDate: inDays(days) });
const compliance = (days: number): ObjectLockRetention => ({ Mode: "COMPLIANCE", RetainUntilDate: inDays(days) });

export const objectLock: Suite = (check) => {
  check("is said to be off where it is off", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await expectError(s3.send(new GetObjectLockConfigurationCommand({ Bucket })), "ObjectLockConfigurationNotFoundError", 404);
  });

  check("brings versioning along", async ({ s3, bucket }) => {
    const Bucket = await bucket({ locked: true });
    expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration).toEqual({ ObjectLockEnabled: "Enabled" });
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
  });

  check("keeps versioning on", async ({ s3, bucket }) => {
    const Bucket = await bucket({ locked: true });
    const suspend = new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } });
    await expectError(s3.send(suspend), "InvalidBucketState", 409);
  });

  check("can be turned on later, with versioning", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } }));
    expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration?.ObjectLockEnabled).toBe("Enabled");
  });

  check("cannot be turned on without versioning", async ({ s3, bucket }) => {
    const put = new PutObjectLockConfigurationCommand({ Bucket: await bucket(), ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } });
    await expectError(s3.send(put), "InvalidBucketState", 409);
  });

  check("has a default for new objects", async (bench) => {
    const { s3 } = bench;
    const Bucket = await bench.bucket({ locked: true });
    const Rule = { DefaultRetention: { Mode: "GOVERNANCE" as const, Days: 3 } };
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule } }));
    expect((await s3.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration?.Rule).toEqual(Rule);
    await putWithDigest(bench, { Bucket, Key: "a", Body: "1" });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }));
    expect(head.ObjectLockMode).toBe("GOVERNANCE");
    expect(Math.abs((head.ObjectLockRetainUntilDate?.getTime() ?? 0) - inDays(3).getTime())).toBeLessThan(3_600_000);
    await putWithDigest(bench, { Bucket, Key: "b", Body: "1", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: inDays(9) });
    expect((await s3.send(new GetObjectRetentionCommand({ Bucket, Key: "b" }))).Retention).toEqual(compliance(9));
  });

  check("keeps a retention and tells it", async (bench) => {
    const { target } = await lockable(bench);
    const Retention = governance(2);
    await bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention }));
    expect((await bench.s3.send(new GetObjectRetentionCommand(target))).Retention).toEqual(Retention);
    const got = await bench.s3.send(new GetObjectCommand(target));
    expect([got.ObjectLockMode, got.ObjectLockRetainUntilDate]).toEqual([Retention.Mode, Retention.RetainUntilDate]);
    expect(await got.Body?.transformToString()).toBe("hello");
  });

  check("is for the version that is named", async (bench) => {
    const { s3 } = bench;
    const { target, version } = await lockable(bench);
    await s3.send(new PutObjectCommand({ ...target, Body: "newer" }));
    await s3.send(new PutObjectRetentionCommand({ ...version, Retention: governance(2) }));
    expect((await s3.send(new HeadObjectCommand(version))).ObjectLockMode).toBe("GOVERNANCE");
    expect((await s3.send(new HeadObjectCommand(target))).ObjectLockMode).toBeUndefined();
  });

  check("knows no retention where none was set", async (bench) => {
    const { target } = await lockable(bench);
    await expectError(bench.s3.send(new GetObjectRetentionCommand(target)), "NoSuchObjectLockConfiguration", 404);
  });

  check("is refused in a bucket without it", async ({ s3, bucket }) => {
    const target = { Bucket: await bucket(), Key: "a" };
    await s3.send(new PutObjectCommand({ ...target, Body: "1" }));
    await expectError(s3.send(new PutObjectRetentionCommand({ ...target, Retention: governance(1) })), "InvalidRequest", 400);
    await expectError(s3.send(new GetObjectRetentionCommand(target)), "InvalidRequest", 400);
  });

  check("is refused in a bucket without it, by headers too", async (bench) => {
    const Bucket = await bench.bucket();
    const put = putWithDigest(bench, { Bucket, Key: "a", Body: "1", ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) });
    await expectError(put, "InvalidRequest", 400);
  });

  check("needs an object that is there", async (bench) => {
    const { Bucket } = await lockable(bench);
    await expectError(bench.s3.send(new PutObjectRetentionCommand({ Bucket, Key: "none", Retention: governance(1) })), "NoSuchKey", 404);
  });

  check("needs a date in the future", async (bench) => {
    const { target } = await lockable(bench);
    await expectError(bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention: governance(-1) })), "InvalidArgument", 400);
  });

  check("needs a mode that is known", async (bench) => {
    const { target } = await lockable(bench);
    const Retention = { ...governance(1), Mode: "FOREVER" as "GOVERNANCE" };
    await expectError(bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention })), "MalformedXML", 400);
  });

  check("in GOVERNANCE is extended by all, and shortened or ended by who may bypass it", async (bench) => {
    const { target } = await lockable(bench);
    const put = (Retention: ObjectLockRetention, BypassGovernanceRetention?: boolean) =>
      bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention, BypassGovernanceRetention }));
    await put(governance(2));
    await put(governance(4));
    await expectError(put(governance(3)), "AccessDenied", 403);
    expect((await bench.s3.send(new GetObjectRetentionCommand(target))).Retention).toEqual(governance(4));
    await put(governance(3), true);
    expect((await bench.s3.send(new GetObjectRetentionCommand(target))).Retention).toEqual(governance(3));
  });

  check("in GOVERNANCE is ended by an empty retention", async (bench) => {
    const { target } = await lockable(bench);
    await bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention: governance(2) }));
    await expectError(bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention: {} })), "AccessDenied", 403);
    await bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention: {}, BypassGovernanceRetention: true }));
    expect((await bench.s3.send(new HeadObjectCommand(target))).ObjectLockMode).toBeUndefined();
  });

  check("in COMPLIANCE is extended and never shortened", async (bench) => {
    const { target } = await lockable(bench);
    const put = (Retention: ObjectLockRetention) => bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention, BypassGovernanceRetention: true }));
    await put(compliance(2));
    await put(compliance(3));
    await expectError(put(compliance(2)), "AccessDenied", 403);
    expect((await bench.s3.send(new GetObjectRetentionCommand(target))).Retention).toEqual(compliance(3));
  });

  check("in COMPLIANCE never becomes GOVERNANCE", async (bench) => {
    const { target } = await lockable(bench);
    await bench.s3.send(new PutObjectRetentionCommand({ ...target, Retention: compliance(2) }));
    const weaken = new PutObjectRetentionCommand({ ...target, Retention: governance(9), BypassGovernanceRetention: true });
    await expectError(bench.s3.send(weaken), "AccessDenied", 403);
  });

  check("keeps a version from being deleted, not from being hidden by a marker", async (bench) => {
    const { s3 } = bench;
    const { target, version } = await lockable(bench, { ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: inDays(1) });
    await expectError(s3.send(new DeleteObjectCommand(version)), "AccessDenied", 403);
    await expectError(s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true })), "AccessDenied", 403);
    expect((await s3.send(new DeleteObjectCommand(target))).DeleteMarker).toBe(true);
    expect(await (await s3.send(new GetObjectCommand(version))).Body?.transformToString()).toBe("hello");
  });

  check("in GOVERNANCE lets a version be deleted by who bypasses it", async (bench) => {
    const { version } = await lockable(bench, { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) });
    await expectError(bench.s3.send(new DeleteObjectCommand(version)), "AccessDenied", 403);
    await bench.s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true }));
    await expectError(bench.s3.send(new HeadObjectCommand(version)), "NotFound", 404);
  });

  check("refuses single keys of many that are deleted together", async (bench) => {
    const { Bucket, version } = await lockable(bench, { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) });
    const free = await bench.s3.send(new PutObjectCommand({ Bucket, Key: "free", Body: "1" }));
    const Objects = [
      { Key: version.Key, VersionId: version.VersionId },
      { Key: "free", VersionId: free.VersionId },
    ];
    const reply = await bench.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects }, ChecksumAlgorithm: "CRC32" }));
    expect(reply.Deleted?.map((entry) => entry.Key)).toEqual(["free"]);
    expect(reply.Errors?.map((entry) => [entry.Key, entry.VersionId, entry.Code])).toEqual([["a", version.VersionId, "AccessDenied"]]);
    const bypassed = await bench.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: Objects.slice(0, 1) }, ChecksumAlgorithm: "CRC32", BypassGovernanceRetention: true }),
    );
    expect([bypassed.Deleted?.map((entry) => entry.Key), bypassed.Errors]).toEqual([["a"], undefined]);
  });

  check("is not brought along by a copy", async (bench) => {
    const { Bucket } = await lockable(bench, { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) });
    await bench.s3.send(new CopyObjectCommand({ Bucket, CopySource: `${Bucket}/a`, Key: "b" }));
    expect((await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "b" }))).ObjectLockMode).toBeUndefined();
  });

  check("is set by the headers of a copy", async (bench) => {
    const { Bucket } = await lockable(bench);
    const copy = { Bucket, CopySource: `${Bucket}/a`, Key: "b" };
    await bench.s3.send(new CopyObjectCommand({ ...copy, ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: inDays(2) }));
    expect((await bench.s3.send(new GetObjectRetentionCommand({ Bucket, Key: "b" }))).Retention).toEqual(compliance(2));
  });

  check("is set by the headers that a multipart upload begins with", async (bench) => {
    const { s3 } = bench;
    const target = { Bucket: await bench.bucket({ locked: true }), Key: "big" };
    const lock = { ObjectLockMode: "COMPLIANCE" as const, ObjectLockRetainUntilDate: inDays(2), ObjectLockLegalHoldStatus: "ON" as const };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ...lock }));
    const upload = { ...target, UploadId };
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "1", ContentMD5: "xMpCOKC5I4INzFCab3WEmw==" }));
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    expect(await s3.send(new HeadObjectCommand(target))).toMatchObject(lock);
  });

  check("asks for a digest of what it locks", async (bench) => {
    const Bucket = await bench.bucket({ locked: true });
    const put = new PutObjectCommand({ Bucket, Key: "a", Body: "1", ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: inDays(1) });
    await expectError(bench.s3.send(put), "InvalidRequest", 400);
  });

  check("wants mode and date together", async (bench) => {
    const Bucket = await bench.bucket({ locked: true });
    await expectError(putWithDigest(bench, { Bucket, Key: "a", Body: "1", ObjectLockMode: "GOVERNANCE" }), "InvalidArgument", 400);
  });
};
