import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

const read = async (s3: S3Client, Bucket: string, VersionId?: string): Promise<string | undefined> =>
  (await s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId }))).Body?.transformToString();

const put = async (s3: S3Client, Bucket: string, Body: string): Promise<string | undefined> =>
  (await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body }))).VersionId;

export const versioning: Suite = (check) => {
  check("keeps what was written over", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const first = await put(s3, Bucket, "1");
    const second = await put(s3, Bucket, "2");
    expect(first).not.toBe(second);
    expect([await read(s3, Bucket), await read(s3, Bucket, first), await read(s3, Bucket, second)]).toEqual(["2", "1", "2"]);
  });

  check("deletes by a marker, which can be taken away", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const first = await put(s3, Bucket, "1");
    const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    expect(marker.DeleteMarker).toBe(true);
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "a" })), "NoSuchKey", 404);
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
    const { DeleteMarkers = [], Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([DeleteMarkers.map((entry) => [entry.VersionId, entry.IsLatest]), Versions.map((entry) => [entry.VersionId, entry.IsLatest])]).toEqual([
      [[marker.VersionId, true]],
      [[first, false]],
    ]);
    const gone = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: marker.VersionId }));
    expect([gone.DeleteMarker, gone.VersionId]).toEqual([true, marker.VersionId]);
    expect(await read(s3, Bucket)).toBe("1");
  });

  check("does not let a delete marker be read", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await put(s3, Bucket, "1");
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId })), "MethodNotAllowed", 405);
  });

  check("makes the one before current when the current version is deleted", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await put(s3, Bucket, "1");
    const second = await put(s3, Bucket, "2");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: second }));
    expect(await read(s3, Bucket)).toBe("1");
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  });

  check("does not find a version that was deleted", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await put(s3, Bucket, "1");
    const VersionId = await put(s3, Bucket, "2");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId }));
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId })), "NoSuchVersion", 404);
  });

  check("deletes nothing when the version does not exist", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await put(s3, Bucket, "1");
    const second = await put(s3, Bucket, "2");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: second }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: second }));
    expect(await read(s3, Bucket)).toBe("1");
  });

  check("refuses what cannot be a version id", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await put(s3, Bucket, "1");
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "a", VersionId: "no version" })), "InvalidArgument", 400);
  });

  check("calls what was there before it the version null", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    expect(await put(s3, Bucket, "before")).toBeUndefined();
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    await put(s3, Bucket, "after");
    expect(await read(s3, Bucket, "null")).toBe("before");
  });

  check("writes over the version null while it is suspended", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const kept = await put(s3, Bucket, "kept");
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
    await put(s3, Bucket, "null 1");
    await put(s3, Bucket, "null 2");
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.map((version) => version.VersionId)).toEqual(["null", kept]);
    expect(await read(s3, Bucket)).toBe("null 2");
    const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    expect([marker.DeleteMarker, marker.VersionId]).toEqual([true, "null"]);
    const after = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([after.DeleteMarkers?.map((entry) => entry.VersionId), after.Versions?.map((entry) => entry.VersionId)]).toEqual([["null"], [kept]]);
  });

  check("names the version in each answer", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const VersionId = await put(s3, Bucket, "1");
    expect((await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).VersionId).toBe(VersionId);
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }))).VersionId).toBe(VersionId);
  });
};
