import {
  CopyObjectCommand,
  type CopyObjectCommandInput,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { oddKeys } from "../odd-keys.ts";

async function source({ s3, bucket }: Bench, options: { versioned?: boolean } = {}) {
  const Bucket = await bucket(options);
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", ContentType: "text/plain", Metadata: { m: "1" }, Tagging: "t=1" }));
  const copy = (input: Partial<CopyObjectCommandInput>) => s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a`, ...input }));
  return { Bucket, copy, ETag: put.ETag, VersionId: put.VersionId };
}

const text = async (s3: S3Client, Bucket: string, Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
const tagsOf = async (s3: S3Client, Bucket: string, Key: string) => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;
const encode = (key: string) => key.split("/").map(encodeURIComponent).join("/");

export const copy: Suite = (check) => {
  check("brings bytes, metadata and tags along", async (bench) => {
    const { Bucket, copy, ETag } = await source(bench);
    const reply = await copy({});
    expect(reply.CopyObjectResult?.ETag?.replaceAll('"', "")).toBe(ETag?.replaceAll('"', ""));
    expect(await text(bench.s3, Bucket, "b")).toBe("hello");
    expect(await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "b" }))).toMatchObject({ ETag, ContentType: "text/plain", Metadata: { m: "1" } });
    expect(await tagsOf(bench.s3, Bucket, "b")).toEqual([{ Key: "t", Value: "1" }]);
  });

  check("gives the ETag in quotes", async (bench) => {
    const { copy, ETag } = await source(bench);
    expect((await copy({})).CopyObjectResult?.ETag).toBe(ETag);
  });

  check("goes to another bucket", async (bench) => {
    const { copy } = await source(bench);
    const other = await bench.bucket();
    await copy({ Bucket: other, Key: "x/y" });
    expect(await text(bench.s3, other, "x/y")).toBe("hello");
  });

  check("outlives its source", async (bench) => {
    const { copy, Bucket } = await source(bench);
    await copy({});
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    expect(await text(bench.s3, Bucket, "b")).toBe("hello");
  });

  check("replaces metadata on demand", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await copy({ MetadataDirective: "REPLACE", ContentType: "text/csv", Metadata: { n: "2" } });
    const head = await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "b" }));
    expect([head.ContentType, head.Metadata]).toEqual(["text/csv", { n: "2" }]);
  });

  check("replaces tags on demand", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await copy({ TaggingDirective: "REPLACE", Tagging: "u=2&v=3" });
    expect(await tagsOf(bench.s3, Bucket, "b")).toEqual([
      { Key: "u", Value: "2" },
      { Key: "v", Value: "3" },
    ]);
  });

  check("drops tags on demand", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await copy({ TaggingDirective: "REPLACE" });
    expect(await tagsOf(bench.s3, Bucket, "b")).toEqual([]);
  });

  check("refuses a directive that nobody knows", async (bench) => {
    const { copy } = await source(bench);
    await expectError(copy({ MetadataDirective: "MERGE" as "COPY" }), "InvalidArgument", 400);
  });

  check("onto itself must change something", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await expectError(copy({ Key: "a" }), "InvalidRequest", 400);
    await copy({ Key: "a", MetadataDirective: "REPLACE", Metadata: { n: "2" } });
    expect(await text(bench.s3, Bucket, "a")).toBe("hello");
    expect((await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "a" }))).Metadata).toEqual({ n: "2" });
  });

  check("takes a version of the source", async (bench) => {
    const { Bucket, copy, VersionId } = await source(bench, { versioned: true });
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "newer" }));
    await copy({ CopySource: `${Bucket}/a?versionId=${VersionId}` });
    expect(await text(bench.s3, Bucket, "b")).toBe("hello");
  });

  check("names the version it took and the version it made", async (bench) => {
    const { Bucket, copy, VersionId } = await source(bench, { versioned: true });
    const reply = await copy({ CopySource: `${Bucket}/a?versionId=${VersionId}` });
    expect(reply.CopySourceVersionId).toBe(VersionId);
    expect((await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "b" }))).VersionId).toBe(reply.VersionId);
  });

  check("needs a source that is there", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await expectError(copy({ CopySource: `${Bucket}/none` }), "NoSuchKey", 404);
    await expectError(copy({ CopySource: "no-such-bucket/a" }), "NoSuchBucket", 404);
    await expectError(copy({ Bucket: "no-such-bucket" }), "NoSuchBucket", 404);
  });

  check("needs a source that is not deleted", async (bench) => {
    const { Bucket, copy } = await source(bench, { versioned: true });
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expectError(copy({}), "NoSuchKey", 404);
  });

  check("may not name a delete marker", async (bench) => {
    const { Bucket, copy } = await source(bench, { versioned: true });
    const { VersionId } = await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expectError(copy({ CopySource: `${Bucket}/a?versionId=${VersionId}` }), "InvalidRequest", 400);
  });

  check("with if-match on the source", async (bench) => {
    const { copy, ETag } = await source(bench);
    await copy({ CopySourceIfMatch: ETag });
    await expectError(copy({ CopySourceIfMatch: '"0123"' }), "PreconditionFailed", 412);
  });

  check("with if-none-match on the source", async (bench) => {
    const { copy, ETag } = await source(bench);
    await copy({ CopySourceIfNoneMatch: '"0123"' });
    await expectError(copy({ CopySourceIfNoneMatch: ETag }), "PreconditionFailed", 412);
  });

  check("with dates on the source", async (bench) => {
    const { copy } = await source(bench);
    const past = new Date(Date.now() - 3_600_000);
    await copy({ CopySourceIfModifiedSince: past });
    await expectError(copy({ CopySourceIfUnmodifiedSince: past }), "PreconditionFailed", 412);
  });

  check("writes a storage class", async (bench) => {
    const { Bucket, copy } = await source(bench);
    await copy({ StorageClass: "GLACIER" });
    expect((await bench.s3.send(new HeadObjectCommand({ Bucket, Key: "b" }))).StorageClass).toBe("GLACIER");
  });

  check("works for odd keys", async (bench) => {
    const { s3 } = bench;
    const Bucket = await bench.bucket();
    for (const [name, key] of oddKeys) {
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: name }));
      const target = key.length === 1024 || key.startsWith("🚢") ? "short" : `${key} copy`;
      await s3.send(new CopyObjectCommand({ Bucket, Key: target, CopySource: `${Bucket}/${encode(key)}` }));
      expect(await text(s3, Bucket, target)).toBe(name);
    }
  });
};
