import { ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunkQueue, prepareQueue, reportQueue } from "#lib/jobs/queues.ts";
import { sweepQueues } from "#lib/jobs/sweep-queues.ts";
import { releaseChunksOf } from "#lib/jobs/take-chunk.ts";
import { isTerminal } from "#lib/jobs/transition.ts";
import { createChunkRunner } from "./chunk-runner.ts";
import { prepare } from "./preparer.ts";
import { report } from "./reporter.ts";
import { runNextStep } from "./step-loop.ts";
import { type Crash, type CrashMode, crashAt } from "./testing/crash.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

/**
 * Each step of a job dies at its first write, then at its second, and so on until it ends without dying; each time both
 * before the write and after it. Whoever comes next must bring the job to the same end.
 */
let engine: Engine;
/** Of the death at hand alone: what a dead one was sending is sent again a minute later, by a client that does not know that it is dead. */
let prefix: string;
let rows: string[];
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => {
  // The dead still wait for answers; hung up on, their code would run again.
  engine.sandbox.close = async () => undefined;
  return engine.stop();
});

/** More writes than any step has. */
const enough = 60;

type Step = (crash: Crash) => Promise<unknown>;

const doomed = "doomed/1/";
const steps: Record<"prepare" | "chunk" | "yield" | "canary" | "report", Step> = {
  prepare: ({ ctx }) => runNextStep(ctx, prepareQueue, prepare),
  chunk: ({ ctx }) => runOneChunk(ctx),
  /** Stops at a checkpoint amid the chunk, which is counted so far and cut in two. */
  yield: ({ ctx }) => runOneChunk(ctx, true),
  /** Ends a canary of two tasks, and awaits another confirmation. */
  canary: ({ ctx }) => runOneChunk(ctx),
  report: ({ ctx }) => runNextStep(ctx, reportQueue, report),
};

async function runOneChunk(ctx: Engine["ctx"], yields = false): Promise<void> {
  const runner = createChunkRunner(ctx, doomed);
  if (yields) {
    let tasks = 0;
    engine.sandbox.faults.add({
      operation: "PutObjectTagging",
      keyIncludes: prefix,
      choose: () => {
        tasks += 1;
        if (tasks === 2) runner.drain();
        return undefined;
      },
    });
  }
  await runner.runNext();
  await runner.close();
}

/** All that comes before the step. */
async function jobBefore(step: keyof typeof steps): Promise<string> {
  const jobId = await engine.create(rows);
  if (step === "prepare") return jobId;
  await engine.prepareNext();
  await engine.confirm(jobId, step === "canary" ? { canaryTasks: 2 } : {});
  if (step === "report") while (await engine.executeNext());
  // One request at a time, so that there is something left to yield.
  if (step === "yield") await engine.db.job.update({ where: { id: jobId }, data: { maxInFlight: 1 } });
  return jobId;
}

/** What the watch over silent workers and over leases does once the dead one is missed. */
async function missTheDead(): Promise<void> {
  await releaseChunksOf(engine.ctx, doomed);
  await engine.db.$executeRaw`UPDATE pgboss.job SET state = 'retry', retry_count = retry_count + 1, heartbeat_on = NULL WHERE state = 'active'`;
  await engine.db.$executeRaw`UPDATE pgboss.job SET start_after = now() - interval '1 second' WHERE state IN ('created', 'retry')`;
}

async function takeOver(jobId: string): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    const { status } = await engine.details(jobId);
    if (isTerminal(status)) break;
    await engine.prepareNext();
    if ((await engine.details(jobId)).status === "Suspended") await engine.confirm(jobId);
    while (await engine.executeNext());
    await engine.reportNext();
  }
  await sweepQueues(engine.ctx);
}

/** Whoever takes over runs the canary's tasks and no other; what it was asked to tag is `tagged`. */
async function takeOverCanary(jobId: string, tagged: ReadonlySet<string>): Promise<void> {
  while (await engine.executeNext());
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 2, failedTasks: 0, canary: { until: 2, awaitsDecision: true } });
  expect([...tagged].sort()).toEqual([`${prefix}0`, `${prefix}1`]);
}

/** Of this job alone, like the rows. */
const uploadsOf = async (jobId: string, Bucket: string) =>
  ((await engine.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).filter((upload) => upload.Key?.includes(jobId));

async function expectTheSameEnd(jobId: string): Promise<void> {
  expect(await engine.details(jobId)).toMatchObject({
    status: "Complete",
    totalTasks: 5,
    succeededTasks: 4,
    failedTasks: 1,
    errors: [{ code: "NoSuchKey", httpStatus: 404, count: 1 }],
  });
  const chunks = await engine.db.chunk.findMany({ where: { jobId } });
  expect(chunks.every((chunk) => chunk.status === "Done" && chunk.executorId === null && chunk.succeeded + chunk.failed === chunk.rows)).toBe(true);
  expect(await engine.db.job.findUnique({ where: { id: jobId } })).toMatchObject({ chunksTotal: chunks.length, chunksDone: chunks.length });
  expect((await engine.rows(jobId)).map((row) => `${row.bucket},${encodeURIComponent(row.key)}`).sort()).toEqual([...rows].sort());
  expect(await engine.keys("work", `.longshore/jobs/${jobId}/`)).toEqual([]);
  expect(await engine.keys("reports", `reports/job-${jobId}/`)).toHaveLength(4);
  expect(await uploadsOf(jobId, "work")).toEqual([]);
  // One that a preparer began, to see whether it may, and died with stays: see checkReportWritable.
  expect(await uploadsOf(jobId, "reports")).toEqual([]);
  expect((await engine.boss.getQueues()).map((queue) => queue.name)).not.toContain(chunkQueue(jobId));
}

/** @returns whether the step died */
async function dieAt(step: keyof typeof steps, n: number, mode: CrashMode): Promise<boolean> {
  prefix = `${step} ${mode} ${n} `;
  rows = rowsOf([...(await engine.objects(4, prefix)), `${prefix}missing`]);
  const jobId = await jobBefore(step);
  const crash = crashAt(engine.ctx, n, mode, (key) => key.includes(jobId) || key.startsWith(prefix));
  engine.sandbox.faults.add(crash.fault);
  const tagged = new Set<string>();
  const watch = () => {
    engine.sandbox.faults.add({ operation: "PutObjectTagging", keyIncludes: prefix, choose: ({ key }) => void tagged.add(key) });
  };
  watch();
  const outcome = await Promise.race([crash.happened.then(() => "died" as const), steps[step](crash).then(() => "ended" as const)]);
  engine.sandbox.faults.clear();
  watch();
  await missTheDead();
  if (step === "canary") await takeOverCanary(jobId, tagged);
  await takeOver(jobId);
  await expectTheSameEnd(jobId);
  return outcome === "died";
}

describe.each(Object.keys(steps) as (keyof typeof steps)[])("a death in %s", (step) => {
  it.each(["before", "after"] as const)(
    "%s any of its writes changes nothing in the end",
    async (mode) => {
      let n = 1;
      while (await dieAt(step, n, mode)) {
        n += 1;
        expect(n).toBeLessThan(enough);
      }
      expect(n).toBeGreaterThan(4);
    },
    180_000,
  );
});
