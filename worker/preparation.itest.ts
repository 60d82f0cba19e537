import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { beginPreparation, finishPreparation } from "#lib/jobs/finish-preparation.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { chunkQueue, prepareQueue } from "#lib/jobs/queues.ts";
import { prepare } from "./preparer.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(20);
});
afterAll(() => engine.stop());

const report = (bucket: string): Pick<CreateJobInput, "Report"> => ({ Report: { Enabled: true, Bucket: `arn:aws:s3:::${bucket}` } });
const manifest = (ObjectArn: string, ETag = "0".repeat(32)): Pick<CreateJobInput, "Manifest"> => ({
  Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location: { ObjectArn, ETag } },
});

const workPrefix = (jobId: string): string => `.longshore/jobs/${jobId}/`;

async function putGzip(rows: string[], harm = (packed: Buffer) => packed): Promise<Pick<CreateJobInput, "Manifest">> {
  const Key = `${randomUUID()}.csv`;
  const Body = harm(gzipSync(rows.map((row) => `${row}\n`).join("")));
  const { ETag = "" } = await engine.s3.send(new PutObjectCommand({ Bucket: "manifests", Key, Body }));
  return manifest(`arn:aws:s3:::manifests/${Key}`, ETag);
}

async function failureOf(jobId: string): Promise<{ code: string | undefined; reason: string | undefined; status: string }> {
  await engine.prepareNext();
  const job = await engine.details(jobId);
  return { status: job.status, code: job.failureReasons[0]?.FailureCode, reason: job.failureReasons[0]?.FailureReason };
}

describe("a job that cannot be prepared fails, and says why", () => {
  it.each<[string, string[] | string, Partial<CreateJobInput>, string, string]>([
    ["a wrong number of columns", ["data,a", "data,b,c"], {}, "InvalidManifest", "Row 2 of s3://manifests/"],
    ["a key that is too long", ["data,a", "data,b", `data,${"x".repeat(1_025)}`], {}, "InvalidManifest", "has a key of 1025 bytes; S3 allows at most 1024"],
    ["a header", ["Bucket,Key", "data,a"], {}, "InvalidManifest", "is a header"],
    ["a wrong row behind many", [...Array.from({ length: 5_000 }, (_, index) => `data,${index}`), "data,%zz"], {}, "InvalidManifest", "Row 5,001 of"],
    ["no rows", "", {}, "EmptyManifest", "has no rows"],
    ["a bucket that does not exist", ["data,a", "nowhere,b"], {}, "BucketNotFound", "The bucket nowhere, which row 2 of s3://manifests/"],
    [
      "a destination that does not exist",
      ["data,a"],
      { Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::nowhere" } } },
      "BucketNotFound",
      "The destination bucket nowhere",
    ],
    ["a report bucket that does not exist", ["data,a"], report("nowhere"), "BucketNotFound", "The report bucket nowhere does not exist"],
    ["a role that may not write the report", ["data,a"], report("read-only"), "ReportForbidden", "Allow it s3:PutObject there"],
    ["a manifest that does not exist", ["data,a"], manifest("arn:aws:s3:::manifests/none.csv"), "ManifestNotFound", "s3://manifests/none.csv does not exist"],
    [
      "a manifest that may not be read",
      ["data,a"],
      manifest("arn:aws:s3:::forbidden/m.csv"),
      "ManifestForbidden",
      "may not read the manifest s3://forbidden/m.csv",
    ],
  ])("%s", async (_name, rows, more, code, reason) => {
    const failure = await failureOf(await engine.create(rows, more));
    expect(failure).toMatchObject({ status: "Failed", code });
    expect(failure.reason).toContain(reason);
  });

  it("a manifest that is another one by now", async () => {
    const etag = await engine.put("manifests", "changing.csv", "data,a\n");
    const jobId = await engine.create([], manifest("arn:aws:s3:::manifests/changing.csv", etag));
    await engine.put("manifests", "changing.csv", "data,b\n");
    expect(await failureOf(jobId)).toMatchObject({ code: "ManifestChanged" });
  });

  it.each([
    ["damaged", (packed: Buffer) => Buffer.concat([packed.subarray(0, 12), Buffer.alloc(30, 7)])],
    ["cut short", (packed: Buffer) => packed.subarray(0, packed.length - 12)],
  ])("a compressed manifest that is %s", async (_name, harm) => {
    const location = await putGzip(rowsOf(keys), harm);
    const jobId = await engine.create([], location);
    const failure = await failureOf(jobId);
    expect(failure).toMatchObject({ status: "Failed", code: "InvalidManifest" });
    expect(failure.reason).toContain("could not be unpacked");
    expect(await engine.keys("work", workPrefix(jobId))).toEqual([]);
  });

  it("a compressed manifest with a wrong row, and it leaves nothing in the work area", async () => {
    const jobId = await engine.create([], await putGzip([...rowsOf(keys), "data"]));
    expect((await failureOf(jobId)).reason).toContain("Row 21 of s3://manifests/");
    expect(await engine.keys("work", workPrefix(jobId))).toEqual([]);
  });

  it("a manifest that changes after the confirmation fails the job instead of running what nobody reviewed", async () => {
    const etag = await engine.put("manifests", "pinned.csv", rowsOf(keys).join("\n"));
    const jobId = await engine.create([], manifest("arn:aws:s3:::manifests/pinned.csv", etag));
    await engine.prepareNext();
    await engine.confirm(jobId);
    await engine.put("manifests", "pinned.csv", rowsOf([...keys].reverse()).join("\n"));
    await engine.executeNext();
    await engine.reportNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Failed", succeededTasks: 0, failureReasons: [{ FailureCode: "ManifestChanged" }] });
  });
});

it("names the version that the job pinned, and rows with versions", async () => {
  const jobId = await engine.create(`data,${encodeURIComponent(keys[0] as string)},null\n`, {});
  expect((await failureOf(jobId)).reason).toContain("has 3 columns where the manifest's fields are Bucket, Key");
});

it("counts rows, bytes and chunks, and keeps the first rows for the review", async () => {
  const rows = Array.from({ length: 2_500 }, (_, index) => `data,key%20${index}`);
  const jobId = await engine.create(rows);
  await engine.prepareNext();
  const job = await engine.details(jobId);
  expect(job).toMatchObject({ status: "Suspended", totalTasks: 2_500, chunks: { Pending: 3 }, manifestBytes: rows.join("\n").length + 1 });
  expect(job.manifestSample).toHaveLength(10);
  expect(job.manifestSample[0]).toEqual({ bucket: "data", key: "key 0" });
  expect(job.expiresAt).not.toBeNull();
});

it("reads a compressed manifest, whatever its name, from segments that go when the job ends", async () => {
  const jobId = await engine.create([], { ...(await putGzip(rowsOf(keys))), Report: { Enabled: false } });
  await engine.prepareNext();
  expect(await engine.keys("work", workPrefix(jobId))).toEqual([`${workPrefix(jobId)}segments/0-000000.csv`]);
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", totalTasks: 20, succeededTasks: 20 });
  expect(await engine.keys("work", workPrefix(jobId))).toEqual([]);
});

it("leaves nothing of attempts that were killed, when a later one fails or the job is cancelled", async () => {
  for (const end of ["fails", "cancelled"] as const) {
    const jobId = await engine.create([], await putGzip(end === "fails" ? ["data"] : rowsOf(keys)));
    await engine.put("work", `${workPrefix(jobId)}segments/0-000000.csv`, "of an attempt that was killed");
    const [item] = await engine.boss.fetch<{ jobId: string }>(prepareQueue);
    if (!item) throw new Error("nothing to prepare");
    if (end === "fails") await prepare(engine.ctx, { id: item.id, retryCount: 1, jobId });
    else {
      await cancelJob(engine.as("operator"), { jobId });
      await engine.reportNext();
      expect((await engine.details(jobId)).status).toBe("Cancelled");
    }
    expect(await engine.keys("work", workPrefix(jobId))).toEqual([]);
  }
});

it("takes nothing from the attempt that came after it", async () => {
  const jobId = await engine.create([], await putGzip(rowsOf(keys)));
  await engine.prepareNext();
  const [lost] = await engine.db.chunk.findMany({ where: { jobId } });
  await engine.db.job.update({ where: { id: jobId }, data: { status: "Preparing" } });
  await prepare(engine.ctx, { id: randomUUID(), retryCount: 1, jobId });
  expect(await engine.keys("work", workPrefix(jobId))).toEqual([lost?.segmentKey]);
});

it("is thrown away when its step was lost, chunks and leases included", async () => {
  const jobId = await engine.create(rowsOf(keys));
  const [item] = await engine.boss.fetch<{ jobId: string }>(prepareQueue);
  if (!item) throw new Error("nothing to prepare");
  await beginPreparation(engine.ctx, jobId);
  const found = { rows: 1, manifestBytes: 5, sample: [], buckets: [], objectBytes: null, chunks: [{ firstRow: 1, rows: 1, byteStart: 0, byteEnd: 5 }] };
  expect(await finishPreparation(engine.ctx, { id: item.id, retryCount: item.retryCount + 1, jobId }, found)).toBe(false);
  expect(await engine.db.chunk.count({ where: { jobId } })).toBe(0);
  expect(await engine.boss.fetch(chunkQueue(jobId))).toEqual([]);

  await cancelJob(engine.as("operator"), { jobId });
  expect(await finishPreparation(engine.ctx, { id: item.id, retryCount: item.retryCount, jobId }, found)).toBe(false);
  expect((await engine.details(jobId)).status).toBe("Cancelling");
  await engine.reportNext();
  expect((await engine.details(jobId)).status).toBe("Cancelled");
});

it("is idempotent by its token, and refuses the token for another body", async () => {
  const token = randomUUID();
  const etag = await engine.put("manifests", "token.csv", "data,a\n");
  const input = { ...manifest("arn:aws:s3:::manifests/token.csv", etag), ClientRequestToken: token };
  const made = await Promise.all([engine.create([], input), engine.create([], input), engine.create([], input)]);
  expect(new Set(made).size).toBe(1);
  await expect(engine.create([], { ...input, Description: "another" })).rejects.toMatchObject({ code: "Idempotency" });
  await engine.prepareNext();
});

it("gives a job up that no worker lived to prepare, before it reads anything", async () => {
  const jobId = await engine.create([], await putGzip(rowsOf(keys)));
  await engine.put("work", `${workPrefix(jobId)}segments/3-000000.csv`, "of an attempt that was killed");
  const [item] = await engine.boss.fetch<{ jobId: string }>(prepareQueue);
  if (!item) throw new Error("nothing to prepare");
  // As if ten workers had died over it.
  await engine.db.$executeRaw`UPDATE pgboss.job SET retry_count = 10 WHERE id = ${item.id}::uuid`;
  let reads = 0;
  engine.sandbox.faults.add({
    operation: "GetObject",
    bucket: "manifests",
    choose: () => {
      reads += 1;
      return undefined;
    },
  });
  await prepare(engine.ctx, { id: item.id, retryCount: 10, jobId });
  engine.sandbox.faults.clear();
  expect(await engine.details(jobId)).toMatchObject({ status: "Failed", failureReasons: [{ FailureCode: "InternalError" }] });
  expect(reads).toBe(0);
  expect(await engine.keys("work", workPrefix(jobId))).toEqual([]);
});
