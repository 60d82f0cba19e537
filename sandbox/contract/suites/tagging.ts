import {
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  type Tag,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { oddKeys } from "../odd-keys.ts";
import { sendRaw, signRaw } from "../raw-request.ts";

const byKey = (tags: Tag[] = []): Tag[] => [...tags].sort((a, b) => ((a.Key ?? "") < (b.Key ?? "") ? -1 : 1));
const tags = (...pairs: [string, string][]): Tag[] => pairs.map(([Key, Value]) => ({ Key, Value }));
const many = (count: number): Tag[] => Array.from({ length: count }, (_, index) => ({ Key: `key${index}`, Value: "v" }));

const set = (s3: S3Client, Bucket: string, TagSet: Tag[], VersionId?: string, Key = "a") =>
  s3.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } }));
const get = async (s3: S3Client, Bucket: string, VersionId?: string, Key = "a") =>
  byKey((await s3.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }))).TagSet);

export const tagging: Suite = (check) => {
  check("replaces all tags, and leaves the object alone", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", Metadata: { m: "1" }, ContentType: "text/plain" }));
    expect(await get(s3, Bucket)).toEqual([]);
    await set(s3, Bucket, tags(["one", "1"], ["two", "2"]));
    await set(s3, Bucket, tags(["three", "ü & <x>".replace(/[&<>]/g, "+")]));
    expect(await get(s3, Bucket)).toEqual(tags(["three", "ü + +x+"]));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(got).toMatchObject({ ETag, Metadata: { m: "1" }, ContentType: "text/plain", TagCount: 1 });
    expect(await got.Body?.transformToString()).toBe("hello");
  });

  check("is deleted whole", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", Tagging: "one=1&t%C3%BC=a%20b" }));
    expect(await get(s3, Bucket)).toEqual(tags(["one", "1"], ["tü", "a b"]));
    const reply = await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "a" }));
    expect(reply.$metadata.httpStatusCode).toBe(204);
    expect(await get(s3, Bucket)).toEqual([]);
  });

  check("takes an empty set for none", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", Tagging: "one=1" }));
    await set(s3, Bucket, []);
    expect(await get(s3, Bucket)).toEqual([]);
  });

  check("belongs to a version", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const { VersionId: first } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const { VersionId: second } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2" }));
    await set(s3, Bucket, tags(["of", "first"]), first);
    await set(s3, Bucket, tags(["of", "second"]));
    expect([await get(s3, Bucket, first), await get(s3, Bucket, second)]).toEqual([tags(["of", "first"]), tags(["of", "second"])]);
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "a", VersionId: first }));
    expect([await get(s3, Bucket, first), await get(s3, Bucket)]).toEqual([[], tags(["of", "second"])]);
  });

  check("is deleted from the newest version where none is named", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const { VersionId: first } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", Tagging: "of=first" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2", Tagging: "of=second" }));
    await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: "a" }));
    expect([await get(s3, Bucket, first), await get(s3, Bucket)]).toEqual([tags(["of", "first"]), []]);
  });

  check("names the version that was tagged", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    expect((await set(s3, Bucket, tags(["a", "b"]))).VersionId).toBe(VersionId);
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: "a" }))).VersionId).toBe(VersionId);
  });

  check("holds ten tags and no more", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    await set(s3, Bucket, many(10));
    await expectError(set(s3, Bucket, many(11)), "BadRequest", 400);
    expect(await get(s3, Bucket)).toEqual(byKey(many(10)));
  });

  for (const [name, wrong] of [
    ["a key of 129 characters", tags(["k".repeat(129), "v"])],
    ["a value of 257 characters", tags(["k", "v".repeat(257)])],
    ["an empty key", tags(["", "v"])],
    ["the same key twice", tags(["k", "1"], ["k", "2"])],
    ["characters that tags may not have", tags(["k!", "v"])],
    ["a key of AWS's own", tags(["aws:k", "v"])],
  ] as const)
    check(`refuses ${name}`, async ({ s3, bucket }) => {
      const Bucket = await bucket();
      await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
      await expectError(set(s3, Bucket, wrong), "InvalidTag", 400);
    });

  check("refuses a document that is not its own", async ({ s3, server, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    for (const body of ["", "no xml", "<Tagging><TagSet>", "<Tagging/>"]) {
      const reply = await sendRaw(server, await signRaw(server, { method: "PUT", path: `/${Bucket}/a`, query: { tagging: "" }, body }));
      expect([body, reply.status, reply.code]).toEqual([body, 400, "MalformedXML"]);
    }
  });

  check("needs an object that is there", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await expectError(set(s3, Bucket, many(1)), "NoSuchKey", 404);
    await expectError(get(s3, Bucket), "NoSuchKey", 404);
    await expectError(set(s3, "no-such-bucket", many(1)), "NoSuchBucket", 404);
  });

  check("needs a version that is there", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2" }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId }));
    await expectError(set(s3, Bucket, many(1), VersionId), "NoSuchVersion", 404);
  });

  check("is not for delete markers", async ({ s3, bucket }) => {
    const Bucket = await bucket({ versioned: true });
    const { VersionId } = await s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expectError(set(s3, Bucket, many(1), VersionId), "MethodNotAllowed", 405);
  });

  check("works for odd keys", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    for (const [name, key] of oddKeys) {
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: name }));
      await set(s3, Bucket, tags(["k", "v"]), undefined, key);
      expect([name, await get(s3, Bucket, undefined, key)]).toEqual([name, tags(["k", "v"])]);
    }
  });
};
