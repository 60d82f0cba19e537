import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ObjectAttributes,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

const base64 = (value: number): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
};
const crc32Of = (data: Buffer | string): string => base64(crc32(data));
const sha256Of = (...data: Buffer[]): string => createHash("sha256").update(Buffer.concat(data)).digest("base64");

/** Of "hello"; those of xxHash by its own program. */
const ofHello = {
  CRC32: crc32Of("hello"),
  CRC32C: "mnG7TA==",
  CRC64NVME: "M3eFcAZSQlc=",
  SHA1: createHash("sha1").update("hello").digest("base64"),
  SHA256: sha256Of(Buffer.from("hello")),
  SHA512: createHash("sha512").update("hello").digest("base64"),
  MD5: createHash("md5").update("hello").digest("base64"),
  XXHASH64: Buffer.from("26c7827d889f6da3", "hex").toString("base64"),
  XXHASH3: Buffer.from("9555e8555c62dcfd", "hex").toString("base64"),
  XXHASH128: Buffer.from("b5e9c1ad071b3e7fc779cfaa5e523818", "hex").toString("base64"),
};

const first = Buffer.alloc(5 * 1024 ** 2, "a");
const second = Buffer.from("the rest");
const whole = Buffer.concat([first, second]);

const described = async ({ s3 }: Bench, target: { Bucket: string; Key: string }) =>
  s3.send(new GetObjectAttributesCommand({ ...target, ObjectAttributes: Object.values(ObjectAttributes) }));

/** Uploads two parts that are summed, and completes with what each part said. */
async function upload(bench: Bench, begin: Partial<CreateMultipartUploadCommandInput>) {
  const { s3 } = bench;
  const target = { Bucket: await bench.bucket(), Key: "big" };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ...begin }));
  const Parts: CompletedPart[] = [];
  for (const [index, Body] of [first, second].entries()) {
    const PartNumber = index + 1;
    const part = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body, ChecksumAlgorithm: begin.ChecksumAlgorithm }));
    const { ETag, ChecksumCRC32, ChecksumSHA256, ChecksumCRC64NVME } = part;
    Parts.push({ PartNumber, ETag, ChecksumCRC32, ChecksumSHA256, ChecksumCRC64NVME });
  }
  const complete = (parts = Parts) => s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }));
  return { target, complete, Parts };
}

export const checksums: Suite = (check) => {
  for (const [algorithm, value] of Object.entries(ofHello))
    check(`by ${algorithm} are checked, kept and told`, async ({ s3, bucket }) => {
      const target = { Bucket: await bucket(), Key: "a" };
      const name = `Checksum${algorithm}` as "ChecksumSHA256";
      const put = await s3.send(new PutObjectCommand({ ...target, Body: "hello", [name]: value }));
      const head = await s3.send(new HeadObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
      expect([put[name], head[name], head.ChecksumType]).toEqual([value, value, "FULL_OBJECT"]);
      await expectError(s3.send(new PutObjectCommand({ ...target, Body: "hullo", [name]: value })), "BadDigest", 400);
      expect(await (await s3.send(new GetObjectCommand(target))).Body?.transformToString()).toBe("hello");
    });

  check("are told only when asked for", async ({ s3, bucket }) => {
    const target = { Bucket: await bucket(), Key: "a" };
    await s3.send(new PutObjectCommand({ ...target, Body: "hello", ChecksumAlgorithm: "SHA256" }));
    expect((await s3.send(new HeadObjectCommand({ ...target, ChecksumMode: "ENABLED" }))).ChecksumSHA256).toBe(sha256Of(Buffer.from("hello")));
    expect((await s3.send(new HeadObjectCommand(target))).ChecksumSHA256).toBeUndefined();
  });

  check("are made by a copy that asks for them", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello" }));
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a`, ChecksumAlgorithm: "SHA256" }));
    expect(CopyObjectResult?.ChecksumSHA256).toBe(sha256Of(Buffer.from("hello")));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "b", ChecksumMode: "ENABLED" }));
    expect(head.ChecksumSHA256).toBe(sha256Of(Buffer.from("hello")));
  });

  check("go along with a copy", async ({ s3, bucket }) => {
    const Bucket = await bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "hello", ChecksumAlgorithm: "CRC32" }));
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: "b", CopySource: `${Bucket}/a` }));
    expect(CopyObjectResult?.ChecksumCRC32).toBe(crc32Of("hello"));
  });

  check("of parts make a composite one", async (bench) => {
    const { target, complete } = await upload(bench, { ChecksumAlgorithm: "SHA256" });
    const expected = `${sha256Of(...[first, second].map((part) => createHash("sha256").update(part).digest()))}-2`;
    expect((await complete()).ChecksumSHA256).toBe(expected);
    const head = await bench.s3.send(new HeadObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
    expect([head.ChecksumSHA256, head.ChecksumType]).toEqual([expected, "COMPOSITE"]);
  });

  check("of parts make one of the whole where that was declared", async (bench) => {
    const { target, complete } = await upload(bench, { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
    expect((await complete()).ChecksumCRC32).toBe(crc32Of(whole));
    const head = await bench.s3.send(new HeadObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
    expect([head.ChecksumCRC32, head.ChecksumType]).toEqual([crc32Of(whole), "FULL_OBJECT"]);
  });

  check("by CRC64NVME are of the whole, whatever its parts", async (bench) => {
    const { target, complete } = await upload(bench, { ChecksumAlgorithm: "CRC64NVME" });
    await complete();
    const parts = await bench.s3.send(new HeadObjectCommand({ ...target, ChecksumMode: "ENABLED" }));
    const put = await bench.s3.send(new PutObjectCommand({ Bucket: target.Bucket, Key: "at-once", Body: whole, ChecksumAlgorithm: "CRC64NVME" }));
    expect([parts.ChecksumType, parts.ChecksumCRC64NVME]).toEqual(["FULL_OBJECT", put.ChecksumCRC64NVME]);
  });

  check("of a composite kind become one of the whole by a copy", async (bench) => {
    const { target, complete } = await upload(bench, { ChecksumAlgorithm: "SHA256" });
    await complete();
    const copy = new CopyObjectCommand({ Bucket: target.Bucket, Key: "copy", CopySource: `${target.Bucket}/big` });
    expect((await bench.s3.send(copy)).CopyObjectResult?.ChecksumSHA256).toBe(sha256Of(whole));
  });

  check("of parts have to be named by a completion, and rightly", async (bench) => {
    const { complete, Parts } = await upload(bench, { ChecksumAlgorithm: "SHA256" });
    await expectError(complete(Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))), "InvalidRequest", 400);
    await expectError(complete(Parts.map((part) => ({ ...part, ChecksumSHA256: sha256Of(Buffer.from("else")) }))), "InvalidPart", 400);
  });

  check("stand beside a size that has to be right too", async ({ s3, bucket }) => {
    const target = { Bucket: await bucket(), Key: "big" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: second }));
    const complete = (MpuObjectSize: number) =>
      s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MpuObjectSize, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    await expectError(complete(second.length + 1), "InvalidRequest", 400);
    await complete(second.length);
  });

  check("of a hash are never of the whole of many parts", async ({ s3, bucket }) => {
    const begin = new CreateMultipartUploadCommand({ Bucket: await bucket(), Key: "a", ChecksumAlgorithm: "SHA256", ChecksumType: "FULL_OBJECT" });
    await expectError(s3.send(begin), "InvalidRequest", 400);
  });

  check("of copied parts are made by the store", async (bench) => {
    const { s3 } = bench;
    const Bucket = await bench.bucket();
    await s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: "hello" }));
    const target = { Bucket, Key: "big" };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: "CRC32" }));
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...target, UploadId, PartNumber: 1, CopySource: `${Bucket}/source` }));
    expect(CopyPartResult?.ChecksumCRC32).toBe(crc32Of("hello"));
  });

  check("are among an object's attributes", async (bench) => {
    const target = { Bucket: await bench.bucket(), Key: "a" };
    const { ETag } = await bench.s3.send(new PutObjectCommand({ ...target, Body: "hello", ChecksumAlgorithm: "CRC32", StorageClass: "GLACIER" }));
    expect(await described(bench, target)).toMatchObject({
      ETag: ETag?.replaceAll('"', ""),
      Checksum: { ChecksumCRC32: crc32Of("hello"), ChecksumType: "FULL_OBJECT" },
      StorageClass: "GLACIER",
      ObjectSize: 5,
    });
  });

  check("of the parts are among the attributes of what was uploaded in parts", async (bench) => {
    const { target, complete } = await upload(bench, { ChecksumAlgorithm: "CRC32" });
    await complete();
    const { ObjectParts, ObjectSize } = await described(bench, target);
    expect([ObjectSize, ObjectParts?.TotalPartsCount]).toEqual([whole.length, 2]);
    expect(ObjectParts?.Parts).toEqual([
      { PartNumber: 1, Size: first.length, ChecksumCRC32: crc32Of(first) },
      { PartNumber: 2, Size: second.length, ChecksumCRC32: crc32Of(second) },
    ]);
  });

  check("are described only for an object that is there", async (bench) => {
    await expectError(described(bench, { Bucket: await bench.bucket(), Key: "none" }), "NoSuchKey", 404);
  });
};
