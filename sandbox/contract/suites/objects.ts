import { createHash, randomBytes } from "node:crypto";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError, expectStatus } from "../expect-error.ts";
import { oddKeys } from "../odd-keys.ts";

const md5 = (data: string | Buffer, encoding: "hex" | "base64"): string => createHash("md5").update(data).digest(encoding);

export const objects: Suite = (check) => {
  check("come back as they were put, with their headers and metadata", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const put = await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: "a.txt",
        Body: "hello",
        ContentType: "text/plain",
        CacheControl: "max-age=60",
        ContentDisposition: "inline",
        ContentLanguage: "en",
        ContentEncoding: "identity",
        Metadata: { one: "1", two: "b c" },
      }),
    );
    expect(put.ETag).toBe(`"${md5("hello", "hex")}"`);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a.txt" }));
    expect(await got.Body?.transformToString()).toBe("hello");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a.txt" }));
    for (const reply of [got, head])
      expect(reply).toMatchObject({
        ETag: put.ETag,
        ContentLength: 5,
        AcceptRanges: "bytes",
        ContentType: "text/plain",
        CacheControl: "max-age=60",
        ContentDisposition: "inline",
        ContentLanguage: "en",
        ContentEncoding: "identity",
        Metadata: { one: "1", two: "b c" },
      });
    expect(Math.abs(Date.now() - (got.LastModified?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  check("replace each other whole", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "first", Metadata: { old: "1" }, Tagging: "t=1" }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2" }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await got.Body?.transformToString()).toBe("2");
    expect(got.Metadata).toEqual({});
    expect(got.TagCount).toBeUndefined();
  });

  check("may be empty", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "empty", Body: "" }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "empty" }));
    expect([got.ContentLength, await got.Body?.transformToString()]).toEqual([0, ""]);
  });

  check("may be some megabytes", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const Body = randomBytes(3_500_000);
    await s3.send(new PutObjectCommand({ Bucket, Key: "large", Body }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "large" }));
    expect(md5(Buffer.from((await got.Body?.transformToByteArray()) ?? []), "hex")).toBe(md5(Body, "hex"));
  });

  for (const [name, key] of oddKeys)
    check(`may have a key with ${name}`, async ({ s3, bucket }) => {
      const Bucket = await bucket();
      await s3.send(new PutObjectCommand({ Bucket, Key: key, Body: name }));
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
      expect(await got.Body?.transformToString()).toBe(name);
    });

  check("may not have a key of 1025 bytes", async ({ s3, bucket }) => {
    await expectError(s3.send(new PutObjectCommand({ Bucket: await bucket(), Key: "k".repeat(1025), Body: "" })), "KeyTooLongError", 400);
  });

  check("that do not exist are NoSuchKey", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "none" })), "NoSuchKey", 404);
    await expectStatus(s3.send(new HeadObjectCommand({ Bucket, Key: "none" })), 404);
  });

  check("are refused when the body does not match its Content-MD5", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", ContentMD5: md5("hello", "base64") }));
    await expectError(s3.send(new PutObjectCommand({ Bucket, Key: "b", Body: "hello", ContentMD5: md5("other", "base64") })), "BadDigest", 400);
    await expectError(s3.send(new PutObjectCommand({ Bucket, Key: "b", Body: "hello", ContentMD5: "short" })), "InvalidDigest", 400);
    await expectStatus(s3.send(new HeadObjectCommand({ Bucket, Key: "b" })), 404);
  });

  check("are refused when the body does not match its checksum header", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const ChecksumSHA256 = createHash("sha256").update("hello").digest("base64");
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", ChecksumSHA256 }));
    await expectError(s3.send(new PutObjectCommand({ Bucket, Key: "b", Body: "other", ChecksumSHA256 })), "BadDigest", 400);
  });

  for (const [ChecksumAlgorithm, field, value] of [
    ["CRC32", "ChecksumCRC32", "NhCmhg=="],
    ["CRC32C", "ChecksumCRC32C", "mnG7TA=="],
    ["SHA1", "ChecksumSHA1", "qvTGHdzF6KLavt4PO0gs2a6pQ00="],
  ] as const)
    check(`may come with a ${ChecksumAlgorithm} that is given back`, async ({ client, bucket }) => {
      const s3 = client({ requestChecksumCalculation: "WHEN_SUPPORTED" });
      const Bucket = await bucket();
      const put = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", ChecksumAlgorithm }));
      expect(put[field]).toBe(value);
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a", ChecksumMode: "ENABLED" }));
      expect(head[field]).toBe(value);
    });

  check("are only written where nothing is, with If-None-Match: *", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", IfNoneMatch: "*" }));
    await expectError(s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2", IfNoneMatch: "*" })), "PreconditionFailed", 412);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await got.Body?.transformToString()).toBe("1");
  });

  check("are only written over what is named, with If-Match", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    await expectError(s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2", IfMatch: '"0123"' })), "PreconditionFailed", 412);
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "2", IfMatch: ETag }));
  });

  check("are not written with If-Match where nothing is", async ({ s3, bucket }) => {
    await expectError(s3.send(new PutObjectCommand({ Bucket: await bucket(), Key: "none", Body: "2", IfMatch: '"0123"' })), "NoSuchKey", 404);
  });

  check("refuse a storage class that does not exist", async ({ s3, bucket }) => {
    const command = new PutObjectCommand({ Bucket: await bucket(), Key: "a", Body: "1", StorageClass: "NO_SUCH_CLASS" as "STANDARD" });
    await expectError(s3.send(command), "InvalidStorageClass", 400);
  });

  check("keep their storage class", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", StorageClass: "GLACIER" }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }))).StorageClass).toBe("GLACIER");
  });

  check("of a class that must be restored first are not read", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", StorageClass: "GLACIER" }));
    await expectError(s3.send(new GetObjectCommand({ Bucket, Key: "a" })), "InvalidObjectState", 403);
  });
};
