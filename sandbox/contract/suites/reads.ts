import { GetObjectCommand, type GetObjectCommandInput, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError, expectStatus } from "../expect-error.ts";

const text = "0123456789";

async function put({ s3, bucket }: Bench) {
  const Bucket = await bucket();
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: text }));
  const { LastModified = new Date() } = await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }));
  return { get: (input: Partial<GetObjectCommandInput>) => s3.send(new GetObjectCommand({ Bucket, Key: "a", ...input })), ETag, LastModified, Bucket };
}

export const reads: Suite = (check) => {
  for (const [Range, body, contentRange] of [
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=-30", text, "bytes 0-9/10"],
    ["bytes=8-100", "89", "bytes 8-9/10"],
    ["bytes=0-0", "0", "bytes 0-0/10"],
  ] as const)
    check(`of the range ${Range}`, async (bench) => {
      const reply = await (await put(bench)).get({ Range });
      expect([reply.$metadata.httpStatusCode, reply.ContentRange, await reply.Body?.transformToString()]).toEqual([206, contentRange, body]);
    });

  check("of a range after the end are refused", async (bench) => {
    const { get } = await put(bench);
    await expectError(get({ Range: "bytes=10-" }), "InvalidRange", 416);
  });

  check("of a range inside a large object", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    const Body = Buffer.alloc(300_000, "abcdefghij");
    await s3.send(new PutObjectCommand({ Bucket, Key: "large", Body }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "large", Range: "bytes=123456-234567" }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body.subarray(123_456, 234_568))).toBe(true);
  });

  check("with If-Match", async (bench) => {
    const { get, ETag } = await put(bench);
    expect((await get({ IfMatch: ETag })).$metadata.httpStatusCode).toBe(200);
    await expectError(get({ IfMatch: '"0123"' }), "PreconditionFailed", 412);
  });

  check("with If-None-Match", async (bench) => {
    const { get, ETag } = await put(bench);
    expect((await get({ IfNoneMatch: '"0123"' })).$metadata.httpStatusCode).toBe(200);
    await expectStatus(get({ IfNoneMatch: ETag }), 304);
  });

  check("with If-Modified-Since", async (bench) => {
    const { get, LastModified } = await put(bench);
    expect((await get({ IfModifiedSince: new Date(LastModified.getTime() - 60_000) })).$metadata.httpStatusCode).toBe(200);
    await expectStatus(get({ IfModifiedSince: LastModified }), 304);
  });

  check("with If-Unmodified-Since", async (bench) => {
    const { get, LastModified } = await put(bench);
    expect((await get({ IfUnmodifiedSince: LastModified })).$metadata.httpStatusCode).toBe(200);
    await expectError(get({ IfUnmodifiedSince: new Date(LastModified.getTime() - 60_000) }), "PreconditionFailed", 412);
  });

  check("with If-Match, which outweighs If-Unmodified-Since", async (bench) => {
    const { get, ETag, LastModified } = await put(bench);
    expect((await get({ IfMatch: ETag, IfUnmodifiedSince: new Date(LastModified.getTime() - 60_000) })).$metadata.httpStatusCode).toBe(200);
  });

  check("with response headers of the reader's choice", async (bench) => {
    const { get } = await put(bench);
    const reply = await get({
      ResponseContentType: "text/csv",
      ResponseContentDisposition: 'attachment; filename="a b.csv"',
      ResponseCacheControl: "no-store",
    });
    expect(reply).toMatchObject({ ContentType: "text/csv", ContentDisposition: 'attachment; filename="a b.csv"', CacheControl: "no-store" });
  });

  check("of the head alone say the length of a range", async ({ s3, ...bench }) => {
    const { Bucket } = await put({ s3, ...bench });
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a", Range: "bytes=2-4" }));
    expect(head.ContentLength).toBe(3);
  });
};
