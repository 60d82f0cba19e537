import { randomUUID } from "node:crypto";
import { availableParallelism, hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { createBoss, startBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import { startWithDatabase } from "#lib/db/until-database-answers.ts";
import { env } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { createRateMeter } from "#lib/jobs/job-rate.ts";
import { createStepQueues, duplicatesQueue, preflightQueue, prepareQueue, probeQueue, reportQueue } from "#lib/jobs/queues.ts";
import { reportAlive } from "#lib/jobs/workers.ts";
import { log } from "#lib/log.ts";
import { countDuplicates } from "./count-duplicates.ts";
import { dieLogged } from "./die-logged.ts";
import type { EngineContext } from "./engine-context.ts";
import { listenToJobs } from "./listen-to-jobs.ts";
import { runNotifier } from "./notifier.ts";
import { preflight } from "./preflighter.ts";
import { prepare } from "./preparer.ts";
import { type ProbeItem, probe } from "./prober.ts";
import { report } from "./reporter.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { runSteps } from "./step-loop.ts";
import { superviseExecutors } from "./supervise-executors.ts";
import { createWaker } from "./waker.ts";
import { keepHouse, replaceSilentWorkers } from "./watch-workers.ts";
import { createWorkerMetrics } from "./worker-metrics.ts";

/** A worker: prepares and reports jobs itself, and runs their chunks in one executor per core. Any number of them, on any machine. */
dieLogged(log);
const settings = env();
const workerId = randomUUID();
const executors = settings.LONGSHORE_EXECUTORS ?? availableParallelism();
/** A large manifest must not keep the others waiting. */
const stepLanes = 2;
/** A worker that could not be heard for this long waits as long again before it takes others for dead. */
const gapMs = 4_000;
const steadyMs = 8_000;

const db = createDb(settings.DATABASE_URL, 10);
const boss = createBoss(settings.DATABASE_URL, { supervise: true });
const ctx: EngineContext = { db, boss, now: () => new Date(), log: log.child({ worker: workerId }) };
boss.on("error", (error) => ctx.log.warn({ error: messageOf(error) }, "the queue's connection failed"));

const stopping = new AbortController();
const waker = createWaker();
const stop = () => {
  stopping.abort();
  waker.wake();
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

/** Calls `step` again and again until `signal`; what goes wrong is logged, not fatal. */
async function every(milliseconds: number, what: string, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await step().catch((error: unknown) => ctx.log.warn({ error: messageOf(error) }, `${what} failed; trying again`));
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}

const running = superviseExecutors(ctx, workerId, executors);
const { LONGSHORE_METRICS_PORT: metricsPort, LONGSHORE_METRICS_HOST: metricsHost = "127.0.0.1", LONGSHORE_METRICS_TOKEN: metricsToken } = settings;
const metrics =
  metricsPort === undefined ? null : await serveMetrics(ctx, createWorkerMetrics(running, db), { host: metricsHost, port: metricsPort, token: metricsToken });
const rate = createRateMeter();
/** When the database last took this worker's word, and since when without a gap. */
let heardAt = Date.now();
let heardSince = 0;
const reportPresence = async () => {
  const tasksPerSecond = rate(workerId, running.tasksRun(), Date.now()) ?? 0;
  await reportAlive(db, { id: workerId, hostname: hostname(), pid: process.pid, executors, draining: stopping.signal.aborted, tasksPerSecond });
  const now = Date.now();
  if (now - heardAt > gapMs) heardSince = now;
  heardAt = now;
};
await startWithDatabase(
  db,
  () => ctx.log.warn("the database does not answer; waiting for it"),
  async () => {
    await startBoss(boss);
    await createStepQueues(boss);
    await reportPresence();
  },
);
/** Who could not be heard has not heard the others either: after such a gap, everybody gets time to speak. */
const watchOthers = async () => {
  if (Date.now() - heardSince > steadyMs) await replaceSilentWorkers(ctx, workerId);
};
const stopListening = listenToJobs(ctx, settings.DATABASE_URL, waker.wake);
const stepsOf = { [prepareQueue]: prepare, [preflightQueue]: preflight, [reportQueue]: report };
const steps = Object.entries(stepsOf).flatMap(([queue, step]) => Array.from({ length: stepLanes }, () => runSteps(ctx, queue, step, waker, stopping.signal)));
// One lane: nobody waits for it.
steps.push(runSteps(ctx, duplicatesQueue, countDuplicates, waker, stopping.signal));
steps.push(runSteps<ProbeItem>(ctx, probeQueue, (_ctx, lease) => probe(ctx, lease, stopping.signal), waker, stopping.signal));
steps.push(runNotifier(ctx, waker, stopping.signal));
// Until the last chunk has ended: a worker that drains is not dead.
const drained = new AbortController();
const chores = [
  every(1_000, "reporting this worker", drained.signal, reportPresence),
  every(2_000, "watching the other workers", stopping.signal, watchOthers),
  every(30_000, "housekeeping", stopping.signal, () => keepHouse(ctx, settings.LONGSHORE_RETENTION_DAYS)),
];
ctx.log.info({ executors, pid: process.pid }, "worker ready");
process.send?.({ type: "ready", ...(metrics && { metricsPort: metrics.port }) });

await new Promise<void>((resolve) => {
  if (stopping.signal.aborted) resolve();
  else stopping.signal.addEventListener("abort", () => resolve(), { once: true });
});
ctx.log.info("worker stopping: what ran of its chunks is counted, and the rest given back");
await running.drain();
await Promise.race([Promise.all(steps), sleep(10_000)]);
drained.abort();
await Promise.all(chores);
await stopListening();
await metrics?.close();
await db.worker.deleteMany({ where: { id: workerId } }).catch(() => undefined);
await boss.stop({ graceful: false });
await db.$disconnect();
process.exit(0);
