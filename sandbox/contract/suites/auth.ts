import { createHash, createHmac } from "node:crypto";
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";
import { presignRaw, sendRaw, signRaw } from "../raw-request.ts";
import { signChunks } from "../sign-chunks.ts";

const sha256 = (data: string): string => createHash("sha256").update(data).digest("hex");

export const auth: Suite = (check) => {
  check("refuses who is not known", async ({ client }) => {
    const s3 = client({ credentials: { accessKeyId: "NOBODY", secretAccessKey: "secret" } });
    await expectError(s3.send(new ListBucketsCommand({})), "InvalidAccessKeyId", 403);
  });

  check("refuses a wrong secret", async ({ client, server }) => {
    const s3 = client({ credentials: { accessKeyId: server.accessKeyId, secretAccessKey: "wrong" } });
    await expectError(s3.send(new ListBucketsCommand({})), "SignatureDoesNotMatch", 403);
  });

  check("refuses who does not sign", async ({ server, s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const reply = await sendRaw(server, { method: "GET", path: `/${Bucket}/a` });
    expect([reply.status, reply.code]).toEqual([403, "AccessDenied"]);
  });

  check("refuses a clock that is wrong", async ({ server, bucket }) => {
    const raw = { method: "GET", path: `/${await bucket()}` };
    for (const minutes of [-20, 20]) {
      const reply = await sendRaw(server, await signRaw(server, raw, { now: new Date(Date.now() + minutes * 60_000) }));
      expect([minutes, reply.status, reply.code]).toEqual([minutes, 403, "RequestTimeTooSkewed"]);
    }
  });

  check("accepts a clock that is a little wrong", async ({ server, bucket }) => {
    const reply = await sendRaw(server, await signRaw(server, { method: "GET", path: `/${await bucket()}` }, { now: new Date(Date.now() - 10 * 60_000) }));
    expect(reply.status).toBe(200);
  });

  check("covers path, query, headers and body", async ({ server, bucket }) => {
    const name = await bucket();
    const signed = await signRaw(server, { method: "PUT", path: `/${name}/a`, headers: { "x-amz-meta-m": "1" }, body: "hello" });
    expect((await sendRaw(server, signed)).status).toBe(200);
    for (const changed of [
      { ...signed, path: `/${name}/b` },
      { ...signed, query: { tagging: "" } },
      { ...signed, headers: { ...signed.headers, "x-amz-meta-m": "2" } },
    ]) {
      const reply = await sendRaw(server, changed);
      expect([reply.status, reply.code]).toEqual([403, "SignatureDoesNotMatch"]);
    }
    const body = await sendRaw(server, { ...signed, body: "hullo" });
    expect([body.status, body.code]).toEqual([400, "XAmzContentSHA256Mismatch"]);
  });

  check("covers the method", async ({ server, s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const signed = await signRaw(server, { method: "GET", path: `/${Bucket}/a` });
    const reply = await sendRaw(server, { ...signed, method: "DELETE" });
    expect([reply.status, reply.code]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  check("refuses headers of S3 that are not signed", async ({ server, bucket }) => {
    const signed = await signRaw(server, { method: "PUT", path: `/${await bucket()}/a`, body: "hello" });
    const reply = await sendRaw(server, { ...signed, headers: { ...signed.headers, "x-amz-meta-m": "1" } });
    expect([reply.status, reply.code]).toEqual([403, "AccessDenied"]);
  });

  check("accepts a body that is not signed", async ({ server, bucket }) => {
    const raw = { method: "PUT", path: `/${await bucket()}/a`, headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }, body: "hello" };
    expect((await sendRaw(server, await signRaw(server, raw))).status).toBe(200);
  });

  check("accepts presigned requests, once signed for as long as they last", async ({ server, s3, bucket }) => {
    const Bucket = await bucket();
    const path = `/${Bucket}/a%20b`;
    expect((await sendRaw(server, { ...(await presignRaw(server, { method: "PUT", path })), body: "hello" })).status).toBe(200);
    const read = await presignRaw(server, { method: "GET", path, query: { "response-content-type": "text/csv" } });
    const reply = await sendRaw(server, read);
    expect([reply.status, reply.body, reply.headers["content-type"]]).toEqual([200, "hello", "text/csv"]);
    const old = await sendRaw(server, await presignRaw(server, { method: "GET", path }, { now: new Date(Date.now() - 120_000), expiresIn: 60 }));
    expect([old.status, old.code]).toEqual([403, "AccessDenied"]);
    const forged = await sendRaw(server, { ...read, path: `/${Bucket}/other` });
    expect([forged.status, forged.code]).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: "a b" }))).Body?.transformToString()).toBe("hello");
  });

  check("accepts a body of signed chunks, and refuses one that was changed", async ({ server, s3, bucket }) => {
    const Bucket = await bucket();
    const send = async (key: string, spoil: (body: string) => string) => {
      const chunks = ["a".repeat(65_536), "b".repeat(1000)];
      const length = chunks.join("").length;
      const headers = {
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "x-amz-decoded-content-length": String(length),
        "content-encoding": "aws-chunked",
      };
      const total = chunks.reduce((sum, chunk) => sum + chunk.length.toString(16).length + 81 + chunk.length + 4, 0) + 1 + 81 + 4;
      const signed = await signRaw(server, { method: "PUT", path: `/${Bucket}/${key}`, headers: { ...headers, "content-length": String(total) } });
      const body = signChunks(server.secretAccessKey, signed.headers ?? {}, chunks);
      expect(body.length).toBe(total);
      return sendRaw(server, { ...signed, body: spoil(body) });
    };
    expect((await send("a", (body) => body)).status).toBe(200);
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    expect(sha256((await got.Body?.transformToString()) ?? "")).toBe(sha256("a".repeat(65_536) + "b".repeat(1000)));
    expect(got.ContentEncoding ?? "").not.toContain("aws-chunked");
    const spoilt = await send("b", (body) => body.replace("bbbb", "bbcb"));
    expect([spoilt.status, spoilt.code]).toEqual([403, "SignatureDoesNotMatch"]);
  });

  check("accepts a body with a checksum after it, as the SDK sends by default", async ({ client, bucket }) => {
    const s3 = client({ requestChecksumCalculation: "WHEN_SUPPORTED" });
    const Bucket = await bucket();
    const { Readable } = await import("node:stream");
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: Readable.from([Buffer.from("hel"), Buffer.from("lo")]), ContentLength: 5 }));
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: "a" }))).Body?.transformToString()).toBe("hello");
  });

  check("refuses a body whose checksum after it is wrong", async ({ server, bucket }) => {
    const body = `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:${Buffer.from("nono").toString("base64")}\r\n\r\n`;
    const headers = {
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": "5",
      "x-amz-trailer": "x-amz-checksum-crc32",
      "content-encoding": "aws-chunked",
    };
    const reply = await sendRaw(server, await signRaw(server, { method: "PUT", path: `/${await bucket()}/a`, headers, body }));
    expect([reply.status, reply.code]).toEqual([400, "BadDigest"]);
  });

  check("refuses the signatures of before", async ({ server }) => {
    const signature = createHmac("sha1", server.secretAccessKey).update("anything").digest("base64");
    const reply = await sendRaw(server, {
      method: "GET",
      path: "/",
      headers: { date: new Date().toUTCString(), authorization: `AWS ${server.accessKeyId}:${signature}` },
    });
    expect([reply.status, reply.code]).toEqual([400, "InvalidRequest"]);
  });
};
