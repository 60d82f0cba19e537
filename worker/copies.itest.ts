import { randomUUID } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seal } from "#lib/auth/secret-box.ts";
import { completeChunk } from "#lib/jobs/complete-chunk.ts";
import { takeChunk } from "#lib/jobs/take-chunk.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { type ContractServer, startContractSandbox } from "../sandbox/contract/servers.ts";
import { accountId, type Engine, rowsOf, secret, startEngine } from "./testing/engine-harness.ts";

/** Larger than what is copied at once here, and quick to make. */
const large = Buffer.alloc(2_500, "0123456789abcdef");
const otherRole = `arn:aws:iam::${accountId}:role/other`;

let engine: Engine;
let server: ContractServer;
let there: S3Client;
beforeAll(async () => {
  engine = await startEngine(undefined, { maxSingleBytes: 2_000, minPartBytes: 1, sizes: { whole: 1_000, part: 1_000 } });
  server = await startContractSandbox({ minPartBytes: 1 });
  const { endpoint, accessKeyId, secretAccessKey } = server;
  there = connectS3({ endpoint, region: "us-east-1", addressing: "path", accessKeyId, secretAccessKey });
  await there.send(new CreateBucketCommand({ Bucket: "elsewhere" }));
  await engine.db.connection.create({
    data: {
      name: "other",
      endpoint,
      region: "us-east-1",
      accessKeyId,
      secretEncrypted: seal(secretAccessKey, secret),
      workBucket: "elsewhere",
      roles: { create: { arn: otherRole, accessKeyId, secretEncrypted: seal(secretAccessKey, secret) } },
    },
  });
  await engine.put("data", "small", "a small body");
  await putInParts("large");
});
afterAll(async () => {
  there?.destroy();
  await engine?.stop();
  await server?.stop();
});

/** An object that no single request could have made. */
async function putInParts(key: string): Promise<void> {
  const at = { Bucket: "data", Key: key };
  const { UploadId } = await engine.s3.send(new CreateMultipartUploadCommand({ ...at, ContentType: "text/large", Tagging: "size=large" }));
  const halves = [large.subarray(0, 1_500), large.subarray(1_500)];
  const Parts = await Promise.all(
    halves.map(async (Body, index) => ({
      PartNumber: index + 1,
      ETag: (await engine.s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber: index + 1, Body }))).ETag,
    })),
  );
  await engine.s3.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
}

const read = async (s3: S3Client, Bucket: string, Key: string) => {
  const { Body, ContentType, TagCount } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return { body: await Body?.transformToString(), ContentType, TagCount };
};
const copyTo = (target: string, more = {}) => ({
  Operation: { S3PutObjectCopy: { TargetResource: `arn:aws:s3:::${target}`, TargetKeyPrefix: "c/", ...more } },
});

it("a job copies what is too large for one request, beside what is not", async () => {
  const jobId = await engine.create(rowsOf(["small", "large", "missing"]), copyTo("target"));
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2, failedTasks: 1, errors: [{ code: "NoSuchKey" }] });
  expect(await read(engine.s3, "target", "c/large")).toEqual({ body: large.toString(), ContentType: "text/large", TagCount: 1 });
  expect(await read(engine.s3, "target", "c/small")).toMatchObject({ body: "a small body" });
  expect((await engine.s3.send(new ListMultipartUploadsCommand({ Bucket: "target" }))).Uploads).toBeUndefined();
});

it("a job copies to another connection, with the keys of the role there", async () => {
  const jobId = await engine.create(rowsOf(["small", "large", "missing"]), copyTo("elsewhere", { TargetRoleArn: otherRole }));
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 2, failedTasks: 1 });
  expect(await read(there, "elsewhere", "c/large")).toEqual({ body: large.toString(), ContentType: "text/large", TagCount: 1 });
  expect(await read(there, "elsewhere", "c/small")).toMatchObject({ body: "a small body" });
});

it("a job does not begin without its destination on the other connection", async () => {
  const jobId = await engine.create(rowsOf(["small"]), copyTo("nowhere", { TargetRoleArn: otherRole }));
  await engine.prepareNext();
  expect(await engine.details(jobId)).toMatchObject({
    status: "Failed",
    failureReasons: [{ FailureCode: "BucketNotFound", FailureReason: expect.stringContaining(server.endpoint) }],
  });
});

it("a role that nobody has added is refused", async () => {
  const gone = `arn:aws:iam::${accountId}:role/${randomUUID()}`;
  await expect(engine.create(rowsOf(["small"]), copyTo("elsewhere", { TargetRoleArn: gone }))).rejects.toThrow(`There is no execution role ${gone}`);
});

it("a job ends when the role of the other connection is taken away, and says so", async () => {
  const arn = `arn:aws:iam::${accountId}:role/leaves`;
  const { id: connectionId } = await engine.db.connection.findFirstOrThrow({ where: { name: "other" } });
  await engine.db.executionRole.create({ data: { arn, connectionId, accessKeyId: server.accessKeyId, secretEncrypted: seal(server.secretAccessKey, secret) } });
  const jobId = await engine.create(rowsOf(["small"]), copyTo("elsewhere", { TargetRoleArn: arn }));
  await engine.prepareNext();
  await engine.confirm(jobId);
  await engine.db.executionRole.delete({ where: { arn } });
  await engine.executeNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Failing", failureReasons: [{ FailureCode: "RoleNotFound" }] });
  await engine.reportNext();
});

it("rows that were left in the middle of a chunk are run by another, each of them once", async () => {
  const keys = await engine.objects(6, "row ");
  const rows = rowsOf(keys).map((row) => `${row}\n`);
  const jobId = await engine.create(rows.join(""));
  await engine.prepareNext();
  await engine.confirm(jobId);
  const taken = await takeChunk(engine.ctx, "somebody");
  if (!taken) throw new Error("no chunk");
  const at = (index: number) => rows.slice(0, index).join("").length;
  const rest = [
    { index: 1, rows: 2, byteStart: at(1), byteEnd: at(3) },
    { index: 4, rows: 1, byteStart: at(4), byteEnd: at(5) },
  ];
  const counted = { succeeded: 3, failed: 0, errors: [], succeededPart: null, failedPart: null, rest };
  expect(await completeChunk(engine.ctx, taken.lease, counted)).toBe(true);
  expect(await engine.details(jobId)).toMatchObject({ status: "Active", succeededTasks: 3, chunks: { Pending: 2, Done: 1 } });
  while (await engine.executeNext());
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 6, failedTasks: 0 });
  expect((await engine.rows(jobId)).map(({ key }) => key).sort()).toEqual([keys[1], keys[2], keys[4]]);
});

it("a job replicates by the rules of its bucket", async () => {
  for (const Bucket of ["data", "target"]) await engine.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const Destination = { Bucket: "arn:aws:s3:::target", StorageClass: "STANDARD_IA" as const };
  const Rules = [
    { ID: "in", Status: "Enabled" as const, Priority: 1, Filter: { Prefix: "in/" }, DeleteMarkerReplication: { Status: "Disabled" as const }, Destination },
  ];
  await engine.s3.send(new PutBucketReplicationCommand({ Bucket: "data", ReplicationConfiguration: { Role: `arn:aws:iam::${accountId}:role/r`, Rules } }));
  await engine.s3.send(new PutObjectCommand({ Bucket: "data", Key: "in/a", Body: "to replicate", Metadata: { a: "b" } }));
  await engine.put("data", "out/a", "not to replicate");
  const jobId = await engine.create(rowsOf(["in/a", "out/a"]), { Operation: { S3ReplicateObject: {} } });
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 1, failedTasks: 1, errors: [{ code: "NoReplicationRule" }] });
  const replica = await engine.s3.send(new GetObjectCommand({ Bucket: "target", Key: "in/a" }));
  expect([await replica.Body?.transformToString(), replica.StorageClass, replica.Metadata]).toEqual(["to replicate", "STANDARD_IA", { a: "b" }]);
});
