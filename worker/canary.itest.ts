import { GetObjectTaggingCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { completeChunk } from "#lib/jobs/complete-chunk.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { pauseJob } from "#lib/jobs/pause-job.ts";
import { chunkQueue } from "#lib/jobs/queues.ts";
import { renewChunks } from "#lib/jobs/renew-chunks.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import { releaseChunk, type TakenChunk, takeChunk } from "#lib/jobs/take-chunk.ts";
import { createChunkRunner } from "./chunk-runner.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

/** More than one chunk: the first has 1,000 rows. */
const count = 1_300;
let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(count);
});
afterAll(() => engine.stop());

let tag = 0;
async function canaryOf(canaryTasks: number, rows = rowsOf(keys), more: Partial<CreateJobInput> = {}): Promise<string> {
  tag += 1;
  const Operation = { S3PutObjectTagging: { TagSet: [{ Key: "run", Value: String(tag) }] } };
  const jobId = await engine.create(rows, { Operation, Priority: 10, ...more });
  await engine.prepareNext();
  await engine.confirm(jobId, { canaryTasks });
  return jobId;
}

const runAll = async (runner = engine.runner) => {
  while (await runner.runNext());
};
const take = async (executor: string): Promise<TakenChunk> => {
  const taken = await takeChunk(engine.ctx, executor);
  if (!taken) throw new Error("no chunk");
  return taken;
};
const ran = (succeeded: number) => ({ succeeded, failed: 0, errors: [], succeededPart: null, failedPart: null });
const cancel = async (jobId: string) => {
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
};

/** Which objects carry the last job's tag. */
async function tagged(): Promise<string[]> {
  const found: string[] = [];
  for (let from = 0; from < count; from += 100) {
    const some = keys.slice(from, from + 100);
    const sets = await Promise.all(some.map((Key) => engine.s3.send(new GetObjectTaggingCommand({ Bucket: "data", Key }))));
    found.push(...some.filter((_key, index) => sets[index]?.TagSet?.some(({ Key, Value }) => Key === "run" && Value === String(tag))));
  }
  return found;
}

it("tags exactly the first objects, as often as it is asked to, and then the rest; the report has each of them once", async () => {
  const jobId = await canaryOf(5);
  expect(await engine.details(jobId)).toMatchObject({ status: "Ready", canary: { until: 5, awaitsDecision: false } });
  await runAll();
  const first = await engine.details(jobId);
  expect(first).toMatchObject({ status: "Suspended", succeededTasks: 5, failedTasks: 0, canary: { until: 5, awaitsDecision: true }, chunks: { Running: 0 } });
  expect(first.events.findLast((event) => event.type === "canary-end")?.detail).toBe("5 of 1,300 tasks have run: 5 succeeded, 0 failed");
  expect(await tagged()).toEqual(keys.slice(0, 5));

  // The next ones, past the end of the first chunk.
  await engine.confirm(jobId, { canaryTasks: 1_100 });
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 1_105, canary: { until: 1_105 } });
  expect(await tagged()).toEqual(keys.slice(0, 1_105));

  await engine.confirm(jobId);
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: count, failedTasks: 0, canary: null });
  expect((await engine.rows(jobId)).map((row) => row.key).sort()).toEqual([...keys].sort());
});

it("deletes no more objects by one request than it may", async () => {
  const doomed = await engine.objects(30, "doomed/");
  const jobId = await canaryOf(7, rowsOf(doomed), { Operation: { DeleteObject: {} } });
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 7 });
  expect(await engine.keys("data", "doomed/")).toEqual(doomed.slice(7).sort());
  await engine.confirm(jobId);
  await runAll();
  await engine.reportNext();
  expect(await engine.keys("data", "doomed/")).toEqual([]);
  expect(await engine.rows(jobId)).toHaveLength(30);
});

it("two workers that are there for the same canary run no task more", async () => {
  const jobId = await canaryOf(1_200);
  const others = ["a/1/", "b/1/", "c/1/"].map((id) => createChunkRunner(engine.ctx, id));
  const working = async (runner: (typeof others)[number]) => {
    // There is always the next chunk while the canary lasts, but not for everybody.
    while ((await engine.details(jobId)).status !== "Suspended") await runner.runNext();
  };
  await Promise.all(others.map(working));
  for (const runner of others) runner.close();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 1_200, chunks: { Done: 2 } });
  expect(await tagged()).toEqual(keys.slice(0, 1_200));
  await cancel(jobId);
});

it("one chunk at a time is taken, and nobody makes room for another", async () => {
  const modest = await engine.create(rowsOf(keys), { Priority: 1, ConfirmationRequired: false });
  await engine.prepareNext();
  const working = await take("modest");
  const jobId = await canaryOf(1_200, rowsOf(keys), { Priority: 20 });
  const renewed = async () =>
    (await renewChunks(engine.ctx, "modest", [{ lease: working.lease, live: { succeeded: 0, failed: 0 } }])).get(working.lease.chunkId);
  // No worker is there, so that each waiting chunk asks a running one to give way.
  expect(await renewed()).toMatchObject({ next: "preempt" });
  const first = await take("a");
  expect(first).toMatchObject({ lease: { jobId }, limit: 1_200, chunk: { firstRow: 1n } });
  expect(await renewed()).toMatchObject({ next: "go on" });
  expect(await take("b")).toMatchObject({ lease: { jobId: modest } });
  expect(await takeChunk(engine.ctx, "b")).toBeNull();
  await releaseChunk(engine.ctx, first.lease);
  await cancel(jobId);
  await engine.db.job.update({ where: { id: modest }, data: { status: "Ready" } });
  await engine.db.chunk.updateMany({ where: { jobId: modest }, data: { status: "Pending", executorId: null } });
  await engine.boss.deleteAllJobs(chunkQueue(modest));
  await cancel(modest);
});

it("a chunk that is being given back is taken before any other, and not before it is free", async () => {
  const jobId = await canaryOf(5);
  const { lease } = await take("a");
  // What a death between the two writes of a release leaves.
  await engine.db.chunk.update({ where: { id: lease.chunkId }, data: { status: "Pending", executorId: null } });
  expect(await takeChunk(engine.ctx, "b")).toBeNull();
  await engine.boss.fail(chunkQueue(jobId), { id: lease.chunkId, retryCount: lease.attempt }, { message: "given back" });
  const next = await take("b");
  expect(next).toMatchObject({ lease: { chunkId: lease.chunkId }, limit: 5 });
  await releaseChunk(engine.ctx, next.lease);
  await cancel(jobId);
});

it("who lost its lease counts nothing, and whoever has it runs the same tasks", async () => {
  const jobId = await canaryOf(5);
  const zombie = await take("zombie");
  // As the queue does when a lease is not renewed, and the watch over leases after it.
  await engine.boss.fail(chunkQueue(jobId), { id: zombie.lease.chunkId, retryCount: zombie.lease.attempt }, { message: "heartbeat" });
  await engine.db.chunk.update({ where: { id: zombie.lease.chunkId }, data: { status: "Pending", executorId: null } });
  const next = await take("next");
  expect(next).toMatchObject({ lease: { chunkId: zombie.lease.chunkId }, limit: 5 });
  const rest = [{ index: 5, rows: next.chunk.rows - 5, byteStart: 100, byteEnd: Number(next.chunk.byteEnd) }];
  expect(await completeChunk(engine.ctx, zombie.lease, { ...ran(5), rest })).toBe(false);
  expect(await completeChunk(engine.ctx, next.lease, { ...ran(5), rest })).toBe(true);
  expect(await completeChunk(engine.ctx, zombie.lease, { ...ran(5), rest })).toBe(false);
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 5 });
  await cancel(jobId);
});

it("a pause in the middle counts what ran, and what is left of the canary runs afterwards", async () => {
  await engine.db.connection.updateMany({ data: { maxInFlight: 20 } });
  const jobId = await canaryOf(400);
  const heal = engine.sandbox.faults.add({ operation: "PutObjectTagging", delay: 500 });
  const before = engine.runner.tasksRun();
  const run = engine.executeNext();
  await expect.poll(() => engine.runner.tasksRun() - before, { interval: 5 }).toBeGreaterThan(10);
  await pauseJob(engine.as("operator"), { jobId });
  engine.runner.beat();
  await run;
  heal();
  await engine.db.connection.updateMany({ data: { maxInFlight: null } });
  const paused = await engine.details(jobId);
  expect(paused).toMatchObject({ status: "Paused", canary: { until: 400, awaitsDecision: false } });
  expect(paused.succeededTasks).toBeGreaterThan(10);
  expect(paused.succeededTasks).toBeLessThan(400);
  await resumeJob(engine.as("operator"), { jobId });
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 400 });
  expect(await tagged()).toEqual(keys.slice(0, 400));
  await cancel(jobId);
});

it("a canary that ends while it is being paused awaits its confirmation, and no resumption", async () => {
  const jobId = await canaryOf(5);
  const { lease, chunk } = await take("a");
  await pauseJob(engine.as("operator"), { jobId });
  const rest = [{ index: 5, rows: chunk.rows - 5, byteStart: 100, byteEnd: Number(chunk.byteEnd) }];
  await completeChunk(engine.ctx, lease, { ...ran(5), rest });
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", pausedBy: null, actions: { confirm: false, resume: false } });
  await cancel(jobId);
});
