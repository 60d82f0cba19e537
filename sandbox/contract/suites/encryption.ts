import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  UpdateObjectEncryptionCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { expect } from "vitest";
import type { Bench, Suite } from "../define-contract.ts";
import { expectError } from "../expect-error.ts";

async function object({ s3, bucket }: Bench, input: Partial<PutObjectCommandInput> = {}) {
  const target = { Bucket: await bucket(), Key: "a" };
  const put = await s3.send(new PutObjectCommand({ ...target, Body: "secret", ...input }));
  return { target, put };
}

const OTHER_KEY = "arn:aws:kms:us-east-1:000000000000:key/0b7a0e2c-1111-4222-8333-444455556666";

export const encryption: Suite = (check) => {
  check("by KMS is told with its key, and the object is read all the same", async (bench) => {
    const { kmsKeyId } = bench.server;
    const { target, put } = await object(bench, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId });
    expect([put.ServerSideEncryption, put.SSEKMSKeyId]).toEqual(["aws:kms", expect.stringContaining(kmsKeyId)]);
    const got = await bench.s3.send(new GetObjectCommand(target));
    expect(await got.Body?.transformToString()).toBe("secret");
    const head = await bench.s3.send(new HeadObjectCommand(target));
    for (const reply of [got, head]) expect([reply.ServerSideEncryption, reply.SSEKMSKeyId]).toEqual(["aws:kms", expect.stringContaining(kmsKeyId)]);
  });

  check("by KMS without a key uses the account's own", async (bench) => {
    const { target } = await object(bench, { ServerSideEncryption: "aws:kms" });
    const head = await bench.s3.send(new HeadObjectCommand(target));
    expect([head.ServerSideEncryption, head.SSEKMSKeyId]).toEqual(["aws:kms", expect.stringMatching(/^arn:aws:kms:/)]);
  });

  check("with a bucket key is told", async (bench) => {
    const { target } = await object(bench, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: bench.server.kmsKeyId, BucketKeyEnabled: true });
    expect((await bench.s3.send(new HeadObjectCommand(target))).BucketKeyEnabled).toBe(true);
  });

  check("by S3's own keys is told", async (bench) => {
    const { target, put } = await object(bench, { ServerSideEncryption: "AES256" });
    expect(put.ServerSideEncryption).toBe("AES256");
    const head = await bench.s3.send(new HeadObjectCommand(target));
    expect([head.ServerSideEncryption, head.SSEKMSKeyId]).toEqual(["AES256", undefined]);
  });

  check("is by S3's own keys where nothing was said", async (bench) => {
    const { target } = await object(bench);
    expect((await bench.s3.send(new HeadObjectCommand(target))).ServerSideEncryption).toBe("AES256");
    const { ServerSideEncryptionConfiguration } = await bench.s3.send(new GetBucketEncryptionCommand({ Bucket: target.Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe("AES256");
  });

  check("refuses a method that nobody knows", async (bench) => {
    await expectError(object(bench, { ServerSideEncryption: "ROT13" as "AES256" }), "InvalidArgument", 400);
  });

  check("takes a key only with KMS", async (bench) => {
    await expectError(object(bench, { SSEKMSKeyId: bench.server.kmsKeyId }), "InvalidArgument", 400);
  });

  check("of a copy is that of its headers, not that of its source", async (bench) => {
    const { s3, server } = bench;
    const { target } = await object(bench, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: server.kmsKeyId });
    const copy = { Bucket: target.Bucket, CopySource: `${target.Bucket}/a`, Key: "b" };
    await s3.send(new CopyObjectCommand({ ...copy, ServerSideEncryption: "AES256" }));
    expect((await s3.send(new HeadObjectCommand({ Bucket: target.Bucket, Key: "b" }))).ServerSideEncryption).toBe("AES256");
  });

  check("of a copy by KMS is told", async (bench) => {
    const { s3, server } = bench;
    const { target } = await object(bench);
    const copy = { Bucket: target.Bucket, CopySource: `${target.Bucket}/a`, Key: "b", ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: server.kmsKeyId };
    const reply = await s3.send(new CopyObjectCommand(copy));
    expect([reply.ServerSideEncryption, reply.SSEKMSKeyId]).toEqual(["aws:kms", expect.stringContaining(server.kmsKeyId)]);
    const got = await s3.send(new GetObjectCommand({ Bucket: target.Bucket, Key: "b" }));
    expect([await got.Body?.transformToString(), got.ServerSideEncryption]).toEqual(["secret", "aws:kms"]);
  });

  check("is reason enough for a copy onto itself", async (bench) => {
    const { target } = await object(bench);
    const copy = { ...target, CopySource: `${target.Bucket}/a`, ServerSideEncryption: "aws:kms" as const, SSEKMSKeyId: bench.server.kmsKeyId };
    await bench.s3.send(new CopyObjectCommand(copy));
    const got = await bench.s3.send(new GetObjectCommand(target));
    expect([await got.Body?.transformToString(), got.ServerSideEncryption]).toEqual(["secret", "aws:kms"]);
  });

  check("of a multipart upload is that of its beginning", async (bench) => {
    const { s3, server } = bench;
    const target = { Bucket: await bench.bucket(), Key: "big" };
    const begun = await s3.send(new CreateMultipartUploadCommand({ ...target, ServerSideEncryption: "aws:kms", SSEKMSKeyId: server.kmsKeyId }));
    const upload = { ...target, UploadId: begun.UploadId };
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "secret" }));
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }));
    const got = await s3.send(new GetObjectCommand(target));
    expect([await got.Body?.transformToString(), got.ServerSideEncryption]).toEqual(["secret", "aws:kms"]);
  });

  check("by default is the bucket's", async (bench) => {
    const { s3, server } = bench;
    const Bucket = await bench.bucket();
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: server.kmsKeyId }, BucketKeyEnabled: true };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a" }));
    expect(head).toMatchObject({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: expect.stringContaining(server.kmsKeyId), BucketKeyEnabled: true });
    await s3.send(new DeleteBucketEncryptionCommand({ Bucket }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "b", Body: "1" }));
    expect((await s3.send(new HeadObjectCommand({ Bucket, Key: "b" }))).ServerSideEncryption).toBe("AES256");
  });

  check("is changed where the object is, and nothing else of it", async (bench) => {
    const { s3 } = bench;
    const { target } = await object(bench, { Tagging: "t=1", StorageClass: "GLACIER" });
    const before = await s3.send(new HeadObjectCommand(target));
    const ObjectEncryption = { SSEKMS: { KMSKeyArn: OTHER_KEY, BucketKeyEnabled: true } };
    await s3.send(new UpdateObjectEncryptionCommand({ ...target, ObjectEncryption, ChecksumAlgorithm: "CRC32" }));
    const { $metadata: _, ...after } = await s3.send(new HeadObjectCommand(target));
    const { $metadata: __, ...same } = before;
    expect(after).toEqual({ ...same, ServerSideEncryption: "aws:kms", SSEKMSKeyId: OTHER_KEY, BucketKeyEnabled: true });
  });

  check("is changed only to a key's ARN", async (bench) => {
    const { target } = await object(bench);
    const ObjectEncryption = { SSEKMS: { KMSKeyArn: "some-key" } };
    await expectError(bench.s3.send(new UpdateObjectEncryptionCommand({ ...target, ObjectEncryption, ChecksumAlgorithm: "CRC32" })), "InvalidRequest", 400);
  });
};
