import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { freeGhosts } from "#lib/jobs/free-ghosts.ts";
import { preemptJob } from "#lib/jobs/halt-job.ts";
import { pauseJob } from "#lib/jobs/pause-job.ts";
import { chunkQueue } from "#lib/jobs/queues.ts";
import { renewChunks } from "#lib/jobs/renew-chunks.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import { releaseChunk, takeChunk } from "#lib/jobs/take-chunk.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(600);
  // Slow enough for something to happen in the middle.
  await engine.db.connection.updateMany({ data: { maxInFlight: 50 } });
});
afterAll(() => engine.stop());

const prepared = async (priority: number, count = keys.length): Promise<string> => {
  const jobId = await engine.create(rowsOf(keys.slice(0, count)), { Priority: priority, ConfirmationRequired: false });
  await engine.prepareNext();
  return jobId;
};
const status = async (jobId: string) => (await engine.details(jobId)).status;
const runToEnd = async (jobId: string) => {
  while (await engine.executeNext());
  await engine.reportNext();
  return engine.details(jobId);
};

/** Runs a chunk against a slow store until some of its tasks are done, has `interrupt` happen, and waits for the chunk to end. */
async function interrupt(jobId: string, interrupt: () => Promise<unknown>): Promise<void> {
  const heal = engine.sandbox.faults.add({ bucket: "data", delay: 1_000 });
  const run = engine.executeNext();
  await expect.poll(() => engine.runner.tasksRun() - before, { interval: 5 }).toBeGreaterThan(10);
  await interrupt();
  engine.runner.beat();
  await run;
  heal();
  before = engine.runner.tasksRun();
  const job = await engine.details(jobId);
  expect(job.succeededTasks).toBeGreaterThan(0);
  expect(job.succeededTasks).toBeLessThan(keys.length);
}
let before = 0;

async function expectWhole(jobId: string): Promise<void> {
  const job = await runToEnd(jobId);
  before = engine.runner.tasksRun();
  expect(job).toMatchObject({ status: "Complete", succeededTasks: keys.length, failedTasks: 0, chunks: { Pending: 0, Running: 0, Dropped: 0 } });
  expect((await engine.rows(jobId)).map((row) => row.key).sort()).toEqual([...keys].sort());
}

describe("a pause by a person", () => {
  it("counts what ran, and a resumption goes on from there", async () => {
    const jobId = await prepared(10);
    await interrupt(jobId, () => pauseJob(engine.as("operator"), { jobId }));
    expect(await engine.details(jobId)).toMatchObject({ status: "Paused", chunks: { Done: 1, Pending: 1 } });
    expect(await engine.executeNext()).toBe(false);
    await resumeJob(engine.as("operator"), { jobId });
    expect(await status(jobId)).toBe("Ready");
    await expectWhole(jobId);
    const events = (await engine.details(jobId)).events.map((event) => event.type);
    expect(events.filter((type) => ["pause", "halt", "resume"].includes(type))).toEqual(["pause", "halt", "resume"]);
  });

  it("holds at once for a job of which nothing runs", async () => {
    const jobId = await prepared(10, 1);
    await pauseJob(engine.as("operator"), { jobId });
    expect(await status(jobId)).toBe("Paused");
    await resumeJob(engine.as("operator"), { jobId });
    expect(await runToEnd(jobId)).toMatchObject({ status: "Complete" });
    before = engine.runner.tasksRun();
  });

  it("holds once the chunk of an executor that died is given back", async () => {
    const jobId = await prepared(10, 1);
    const taken = await takeChunk(engine.ctx, "dead");
    await pauseJob(engine.as("operator"), { jobId });
    expect(await status(jobId)).toBe("Pausing");
    if (taken) await releaseChunk(engine.ctx, taken.lease);
    expect(await status(jobId)).toBe("Paused");
    await resumeJob(engine.as("operator"), { jobId });
    await runToEnd(jobId);
    before = engine.runner.tasksRun();
  });
});

describe("a job of higher priority", () => {
  it("takes the capacity of a running one, which goes on by itself afterwards", async () => {
    const low = await prepared(1);
    let high = "";
    await interrupt(low, async () => {
      high = await prepared(2, 1);
    });
    expect(await status(low)).toBe("Paused");
    expect(await engine.details(low)).toMatchObject({ pausedBy: null });
    await engine.executeNext();
    expect(await status(high)).toBe("Completing");
    await engine.reportNext();
    await expectWhole(low);
    expect((await engine.details(low)).events.map((event) => event.type)).toEqual(expect.arrayContaining(["preempt", "halt"]));
  });

  it("pauses one whose last chunk is given back before it is told", async () => {
    const low = await prepared(1, 1);
    const taken = await takeChunk(engine.ctx, "a");
    if (taken) await releaseChunk(engine.ctx, taken.lease);
    await preemptJob(engine.ctx, low);
    expect(await status(low)).toBe("Paused");
    expect(await runToEnd(low)).toMatchObject({ status: "Complete" });
    before = engine.runner.tasksRun();
  });

  it("takes no more than it has chunks for", async () => {
    const low = await engine.create(rowsOf(Array.from({ length: 3_000 }, (_, row) => `missing ${row}`)), { Priority: 1, ConfirmationRequired: false });
    await engine.prepareNext();
    const running = [];
    for (const executor of ["a", "b", "c"]) running.push({ executor, taken: await takeChunk(engine.ctx, executor) });
    const high = await prepared(2, 1);
    const answers = [];
    for (const { executor, taken } of running) {
      if (!taken) throw new Error("no chunk");
      const renewals = await renewChunks(engine.ctx, executor, [{ lease: taken.lease, live: { succeeded: 0, failed: 0 } }]);
      answers.push(renewals.get(taken.lease.chunkId)?.next);
    }
    expect(answers.sort()).toEqual(["go on", "go on", "preempt"]);
    for (const { taken } of running) if (taken) await releaseChunk(engine.ctx, taken.lease);
    await runToEnd(high);
    await runToEnd(low);
    before = engine.runner.tasksRun();
  });
});

it("jobs of one priority: the older first, but none waits for good", async () => {
  const older = await prepared(5, 2);
  const younger = await prepared(5, 2);
  const first = await takeChunk(engine.ctx, "a");
  expect(first?.lease.jobId).toBe(older);
  if (first) await releaseChunk(engine.ctx, first.lease);
  engine.advance(25_000);
  const second = await takeChunk(engine.ctx, "a");
  expect(second?.lease.jobId).toBe(younger);
  if (second) await releaseChunk(engine.ctx, second.lease);
  const third = await takeChunk(engine.ctx, "a");
  expect(third?.lease.jobId).toBe(older);
  if (third) await releaseChunk(engine.ctx, third.lease);
  await runToEnd(older);
  await runToEnd(younger);
  before = engine.runner.tasksRun();
});

it("a chunk ends early when too much of it fails", async () => {
  const jobId = await prepared(5, 2);
  const taken = await takeChunk(engine.ctx, "a");
  if (!taken) throw new Error("no chunk");
  const renew = async (live: { succeeded: number; failed: number }) =>
    (await renewChunks(engine.ctx, "a", [{ lease: taken.lease, live }])).get(taken.lease.chunkId)?.next;
  expect(await renew({ succeeded: 400, failed: 601 })).toBe("go on");
  // What the first look wrote is what the second one sees.
  expect(await renew({ succeeded: 400, failed: 601 })).toBe("settle");
  await releaseChunk(engine.ctx, taken.lease);
  await runToEnd(jobId);
  before = engine.runner.tasksRun();
});

it("a chunk whose lease ran out with nobody to say so holds up no pause", async () => {
  const jobId = await prepared(20, 1);
  const taken = await takeChunk(engine.ctx, "sleeper");
  if (!taken) throw new Error("no chunk");
  await pauseJob(engine.as("operator"), { jobId });
  // As the queue does when a lease is not renewed.
  await engine.boss.fail(chunkQueue(jobId), { id: taken.lease.chunkId, retryCount: taken.lease.attempt }, { message: "heartbeat" });
  expect(await status(jobId)).toBe("Pausing");
  expect(await freeGhosts(engine.ctx)).toBe(1);
  expect(await status(jobId)).toBe("Paused");
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
});

it("no more chunks run than a limit can use", async () => {
  await engine.db.connection.updateMany({ data: { maxInFlight: 2 } });
  const jobId = await engine.create(rowsOf(Array.from({ length: 4_000 }, (_, row) => `missing ${row}`)), { ConfirmationRequired: false });
  await engine.prepareNext();
  const taken = [];
  for (const executor of ["a", "b", "c"]) taken.push(await takeChunk(engine.ctx, executor));
  expect(taken.map((one) => one !== null)).toEqual([true, true, false]);
  for (const one of taken) if (one) await releaseChunk(engine.ctx, one.lease);
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
});

it("an executor that is told to stop has what ran counted, and gives back the rest", async () => {
  await engine.db.connection.updateMany({ data: { maxInFlight: 50 } });
  const jobId = await prepared(10);
  await interrupt(jobId, async () => engine.runner.drain());
  expect(await engine.details(jobId)).toMatchObject({ status: "Active", chunks: { Done: 1, Pending: 1, Running: 0 } });
});
