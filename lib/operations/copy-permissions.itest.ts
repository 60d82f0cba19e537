import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, type SandboxUser, startSandbox } from "../../sandbox/start-sandbox.ts";
import { connectS3, type S3Target } from "../s3/connect-s3.ts";
import { openStepTaker, type StepTaker } from "../s3/take-steps.ts";
import type { Answer, Steps, Task, TaskOutcome } from "./operation.ts";
import { type JobOperation, jobOperationSchema, operationOf } from "./registry.ts";
import { testJob } from "./testing/test-job.ts";

/** A role that may do what an operation says that it needs, and nothing else, gets each of these done. */
const job = testJob({ now: () => new Date(), sizes: { whole: 1_000, part: 1_000 } });
const until = new Date(Date.now() + 3_600_000);
const owner: SandboxUser = { accessKeyId: "OWNER", secretAccessKey: "owner-secret", name: "owner" };
const limited: SandboxUser = { accessKeyId: "LIMITED", secretAccessKey: "limited-secret", name: "limited", policy: { allow: [] } };
const large = Buffer.alloc(2_500, "x");

let dir: string;
let sandbox: Sandbox;
let s3: S3Client;
let taker: StepTaker;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "longshore-permissions-"));
  sandbox = await startSandbox({ dir, users: [owner, limited], maxSingleBytes: 2_000, minPartBytes: 1 });
  const target = (user: SandboxUser): S3Target => ({ ...user, endpoint: sandbox.url, region: "us-east-1", addressing: "path" });
  s3 = connectS3(target(owner));
  taker = openStepTaker(target(limited));
  for (const Bucket of ["data", "target"]) {
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  }
  const Destination = { Bucket: "arn:aws:s3:::target" };
  const Rules = [{ Status: "Enabled" as const, Priority: 1, Filter: { Prefix: "" }, DeleteMarkerReplication: { Status: "Disabled" as const }, Destination }];
  await s3.send(new PutBucketReplicationCommand({ Bucket: "data", ReplicationConfiguration: { Role: "arn:aws:iam::123456789012:role/r", Rules } }));
});
afterAll(async () => {
  taker?.close();
  s3?.destroy();
  await sandbox?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

/** An object with tags and locks; large enough to be copied in parts, or not. */
async function put(Key: string, isLarge: boolean): Promise<string> {
  const locks = { ObjectLockMode: "GOVERNANCE" as const, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: "ON" as const };
  const at = { Bucket: "data", Key };
  if (!isLarge)
    return (await s3.send(new PutObjectCommand({ ...at, Body: "body", Tagging: "a=b", ContentMD5: "hBotaJrYa9FhFEdFPCLG/A==", ...locks }))).VersionId ?? "";
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...at, Tagging: "a=b", ...locks }));
  const halves = [large.subarray(0, 1_500), large.subarray(1_500)];
  const Parts = [];
  for (const [index, Body] of halves.entries()) {
    const ContentMD5 = Buffer.from(await md5(Body)).toString("base64");
    const { ETag } = await s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber: index + 1, Body, ContentMD5 }));
    Parts.push({ PartNumber: index + 1, ETag });
  }
  return (await s3.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }))).VersionId ?? "";
}
const md5 = async (bytes: Uint8Array) => Buffer.from(job.md5(bytes), "hex");

async function run(jobOperation: JobOperation, task: Task): Promise<TaskOutcome> {
  const { operation, params } = operationOf(jobOperationSchema.parse(jobOperation));
  const resource = (arn: string) => arn.replace("DESTINATION-OF-THE-RULES", "target");
  limited.policy = { allow: operation.permissions(params, "data").map(({ action, resource: arn }) => ({ action, resource: resource(arn) })) };
  const taskRun = operation.run(params, job);
  if ("steps" in taskRun) return (await taker.take(taskRun.steps([task])))[0] as TaskOutcome;
  const failed = await taker
    .take(
      (function* (): Steps<Answer> {
        return yield taskRun.compile(task);
      })(),
    )
    .then(
      () => null,
      (error: { outcome: Extract<TaskOutcome, { kind: "failed" }> }) => error.outcome,
    );
  if (failed === null) return { kind: "succeeded", httpStatus: 200 };
  const otherwise = taskRun.otherwise?.(task, failed);
  return otherwise ? taker.take(otherwise) : failed;
}

const copy = (more = {}) => ({ S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ...more } });
const lock = { ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: until.toISOString(), ObjectLockLegalHoldStatus: "ON" };
const operations: [string, JobOperation, string][] = [
  ["a copy", copy(), "target"],
  ["a copy with new tags and a lock", copy({ NewObjectTagging: [{ Key: "new", Value: "1" }], ...lock }), "target"],
  ["another encryption", { S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: "a-key" } } } }, "data"],
  ["replication", { S3ReplicateObject: {} }, "target"],
  ["a checksum", { S3ComputeObjectChecksum: { ChecksumAlgorithm: "SHA256" } }, "data"],
];

it.each(
  operations.flatMap(([name, operation, bucket]) =>
    [false, true].map((isLarge) => [name, isLarge ? "a large object" : "an object", operation, bucket, isLarge] as const),
  ),
)("%s of %s needs no more than it says, with and without its version", async (name, _what, operation, bucket, isLarge) => {
  const key = `${name} ${isLarge}`;
  await put(key, isLarge);
  expect(await run(operation, { bucket: "data", key })).toMatchObject({ kind: "succeeded" });
  const versionId = await put(key, isLarge);
  expect(await run(operation, { bucket: "data", key, versionId })).toMatchObject({ kind: "succeeded" });
  if (name === "another encryption" || name === "replication") {
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).toMatchObject({ ObjectLockMode: "GOVERNANCE", ObjectLockLegalHoldStatus: "ON" });
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }))).TagSet).toEqual([{ Key: "a", Value: "b" }]);
  }
});
