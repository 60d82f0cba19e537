import { afterAll, beforeAll, expect, it } from "vitest";
import { readJobTail } from "#lib/jobs/job-tail.ts";
import { listJobSamples } from "#lib/jobs/list-job-samples.ts";
import { createChunkRunner } from "./chunk-runner.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(300);
});
afterAll(() => engine.stop());

const viewer = () => engine.as("viewer");
const prepared = async (of = [...keys, "not there"]): Promise<string> => {
  const jobId = await engine.create(rowsOf(of), { ConfirmationRequired: false });
  await engine.prepareNext();
  return jobId;
};

it("two executors' samples are what the job counted, and say how it went", async () => {
  const jobId = await prepared();
  // Long enough for several looks at what is in flight, ten times a second.
  await engine.db.job.update({ where: { id: jobId }, data: { maxInFlight: 10 } });
  const heal = engine.sandbox.faults.add({ bucket: "data", delay: 40 });
  engine.sandbox.faults.add({ operation: "PutObjectTagging", answer: "SlowDown", times: 7 });
  const [first, second] = [createChunkRunner(engine.ctx, "first/1/"), createChunkRunner(engine.ctx, "second/1/")];
  const run = first.runNext();
  await expect.poll(() => first.tasksRun(), { interval: 5 }).toBeGreaterThan(5);
  // It counts what it has, and gives back the rest.
  first.drain();
  await run;
  await first.close();
  while (await second.runNext());
  await second.close();
  heal();
  const { succeededTasks, failedTasks } = await engine.details(jobId);
  const { samples } = await listJobSamples(viewer(), jobId);
  const total = (name: "succeeded" | "failed" | "throttled" | "inFlightSeconds") => samples.reduce((sum, sample) => sum + sample[name], 0);
  expect(succeededTasks + failedTasks).toBe(301);
  expect([total("succeeded"), total("failed")]).toEqual([succeededTasks, failedTasks]);
  expect(total("throttled")).toBe(7);
  expect(total("inFlightSeconds")).toBeGreaterThan(0);
  for (const { at, from, to } of samples) {
    expect(at <= from).toBe(true);
    expect(from <= to).toBe(true);
  }
});

it("tells of tasks that end while somebody looks, and of none otherwise", async () => {
  const unseen = await prepared();
  while (await engine.executeNext());
  expect(await engine.db.jobTail.count({ where: { jobId: unseen } })).toBe(0);

  // Of tasks that succeed alone: any of them may be told of.
  const jobId = await prepared(keys);
  await engine.db.job.update({ where: { id: jobId }, data: { maxInFlight: 2 } });
  const heal = engine.sandbox.faults.add({ bucket: "data", delay: 30 });
  expect(await readJobTail(viewer(), jobId)).toEqual({ tasks: [] });
  const run = engine.executeNext();
  await expect.poll(async () => (await readJobTail(viewer(), jobId)).tasks.length, { interval: 50 }).toBeGreaterThan(5);
  heal();
  await run;
  const { tasks } = await readJobTail(viewer(), jobId);
  expect(tasks.length).toBeLessThanOrEqual(50);
  for (const task of tasks) expect(task).toMatchObject({ bucket: "data", outcome: "succeeded", httpStatus: 200, at: expect.any(String) });
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
  expect([...tasks].map(({ at }) => at)).toEqual(
    [...tasks]
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
});

it("an ended job is watched by nobody, and another account's is not there", async () => {
  const jobId = await prepared();
  while (await engine.executeNext());
  while (await engine.reportNext());
  expect((await engine.details(jobId)).status).toBe("Complete");
  await readJobTail(viewer(), jobId);
  expect(await engine.db.jobWatch.count({ where: { jobId } })).toBe(0);
  await expect(readJobTail({ ...viewer(), accountId: "210987654321" }, jobId)).rejects.toMatchObject({ code: "NotFound" });
});
