import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { duplicatesQueue } from "#lib/jobs/queues.ts";
import { countDuplicates } from "./count-duplicates.ts";
import { type Engine, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterEach(() => engine.sandbox.faults.clear());
afterAll(() => engine.stop());

const duplicatesOf = async (jobId: string) => (await engine.details(jobId)).duplicateRows;

/** 3,000 rows, of which 500 name an object again, each in another way of writing its key. */
const rows = [
  ...Array.from({ length: 2_500 }, (_, index) => `data,folder/key%20${index}`),
  ...Array.from({ length: 500 }, (_, index) => `data,"folder%2Fkey ${index}"`),
];

it("are counted once the job is prepared, whichever way their keys are written", async () => {
  const jobId = await engine.create(rows);
  expect(await duplicatesOf(jobId)).toBeNull();
  await engine.prepareNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", duplicateRows: { state: "counting" } });
  await engine.countDuplicatesNext();
  expect(await duplicatesOf(jobId)).toEqual({ state: "counted", rows: 500 });
});

it("are counted by several readings where there are more objects than are remembered at once", async () => {
  const jobId = await engine.create(rows);
  await engine.prepareNext();
  await engine.countDuplicatesNext(700);
  expect(await duplicatesOf(jobId)).toEqual({ state: "counted", rows: 500 });
});

it("are judged by a part of the objects where there are far more", async () => {
  const jobId = await engine.create(rows);
  await engine.prepareNext();
  await engine.countDuplicatesNext(150);
  const found = await duplicatesOf(jobId);
  expect(found).toMatchObject({ state: "counted", sampleOf: 22 });
  expect((found as { rows: number }).rows % 22).toBe(0);
});

it("are counted in a compressed manifest, and by version", async () => {
  const Body = gzipSync("data,a,1\ndata,a,2\ndata,a,1\ntarget,a,1\n");
  const { ETag = "" } = await engine.s3.send(new PutObjectCommand({ Bucket: "manifests", Key: "twice.gz", Body }));
  const jobId = await engine.create([], {
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key", "VersionId"] },
      Location: { ObjectArn: "arn:aws:s3:::manifests/twice.gz", ETag },
    },
  });
  await engine.prepareNext();
  await engine.countDuplicatesNext();
  expect(await duplicatesOf(jobId)).toEqual({ state: "counted", rows: 1 });
});

it("are not counted again by one that lost its lease, nor without end", async () => {
  const jobId = await engine.create(rows);
  await engine.prepareNext();
  const [item] = await engine.boss.fetch<{ jobId: string }>(duplicatesQueue);
  if (!item) throw new Error("nothing to count");
  await countDuplicates(engine.ctx, { id: item.id, retryCount: item.retryCount + 1, jobId });
  expect(await duplicatesOf(jobId)).toEqual({ state: "counting" });

  // As after five workers that were killed by it: nothing is read any more.
  await engine.db.$executeRaw`UPDATE pgboss.job SET retry_count = 5 WHERE id = ${item.id}::uuid`;
  engine.sandbox.faults.add({ operation: "GetObject", answer: "InternalError" });
  await countDuplicates(engine.ctx, { id: item.id, retryCount: 5, jobId });
  expect(await duplicatesOf(jobId)).toEqual({ state: "unknown" });
  expect(await engine.boss.fetch(duplicatesQueue)).toEqual([]);
});

it("keep nobody from running or cancelling the job meanwhile", async () => {
  const jobId = await engine.create(rows.slice(0, 5));
  await engine.prepareNext();
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
  await engine.countDuplicatesNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Cancelled", duplicateRows: { state: "unknown" } });
});
