import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { terminalStatuses } from "#lib/jobs/transition.ts";
import { accountId, type Engine, rowsOf, secret, startEngine } from "./testing/engine-harness.ts";

/** Real worker processes, really killed. */
let engine: Engine;
let keys: string[];
const workers: ChildProcess[] = [];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(3_000);
});
afterEach(async () => {
  engine.sandbox.faults.clear();
  await Promise.all(workers.splice(0).map(kill));
});
afterAll(() => engine.stop());

async function startWorker(): Promise<ChildProcess> {
  const env = {
    ...process.env,
    DATABASE_URL: engine.databaseUrl,
    LONGSHORE_SECRET: secret,
    LONGSHORE_ACCOUNT_ID: accountId,
    LONGSHORE_EXECUTORS: "2",
    LONGSHORE_LOG_LEVEL: "error",
  };
  const worker = fork(new URL("./main.ts", import.meta.url), { env, execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  workers.push(worker);
  await once(worker, "message");
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, "exit");
  worker.kill("SIGKILL");
  await gone;
}

/** The pid of a worker's first executor. */
const childOf = (worker: ChildProcess): number =>
  Number(
    execFileSync("ps", ["-o", "pid=", "--ppid", String(worker.pid)], { encoding: "utf8" })
      .trim()
      .split("\n")[0],
  );

const done = async (jobId: string) => {
  const job = await engine.details(jobId);
  return job.succeededTasks + job.failedTasks;
};
const untilRan = (jobId: string, tasks: number) => expect.poll(() => done(jobId), { timeout: 40_000 }).toBeGreaterThan(tasks);
const untilEnded = async (jobId: string) => {
  await expect.poll(async () => terminalStatuses.includes((await engine.details(jobId)).status), { timeout: 55_000 }).toBe(true);
  return engine.details(jobId);
};

async function confirmedJob(): Promise<string> {
  const jobId = await engine.create([...rowsOf(keys), "data,missing-1", "data,missing-2"]);
  await expect.poll(async () => (await engine.details(jobId)).status).toBe("Suspended");
  // The workers check it, and nothing is confirmed before that.
  await expect.poll(async () => (await engine.details(jobId)).preflight).not.toBeNull();
  await engine.confirm(jobId);
  return jobId;
}

async function expectExactlyOnce(jobId: string): Promise<void> {
  expect(await untilEnded(jobId)).toMatchObject({ status: "Complete", totalTasks: 3_002, succeededTasks: 3_000, failedTasks: 2 });
  const rows = await engine.rows(jobId);
  expect(rows).toHaveLength(3_002);
  expect(new Set(rows.map((row) => row.key)).size).toBe(3_002);
  expect(await engine.keys("work")).toEqual([]);
}

it("kill -9 of the worker in the middle loses no task and counts none twice", async () => {
  engine.sandbox.faults.add({ operation: "PutObjectTagging", delay: 20 });
  const first = await startWorker();
  const jobId = await confirmedJob();
  await untilRan(jobId, 100);
  await kill(first);
  engine.sandbox.faults.clear();
  await startWorker();
  await expectExactlyOnce(jobId);
}, 120_000);

it("kill -9 of an executor only costs its chunks another attempt", async () => {
  engine.sandbox.faults.add({ operation: "PutObjectTagging", delay: 20 });
  const worker = await startWorker();
  const jobId = await confirmedJob();
  await untilRan(jobId, 100);
  process.kill(childOf(worker), "SIGKILL");
  engine.sandbox.faults.clear();
  await expectExactlyOnce(jobId);
}, 120_000);

it("a worker told to stop gives back what it cannot end, and another goes on", async () => {
  engine.sandbox.faults.add({ operation: "PutObjectTagging", delay: 20 });
  const first = await startWorker();
  const jobId = await confirmedJob();
  await untilRan(jobId, 100);
  const gone = once(first, "exit");
  first.kill("SIGTERM");
  await gone;
  expect(first.exitCode).toBe(0);
  expect(await engine.db.worker.count({ where: { pid: first.pid ?? 0 } })).toBe(0);
  engine.sandbox.faults.clear();
  await startWorker();
  await expectExactlyOnce(jobId);
}, 120_000);
