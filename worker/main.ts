import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { createBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { createStepQueues, prepareQueue, reportQueue } from "#lib/jobs/queues.ts";
import { log } from "#lib/log.ts";
import type { EngineContext } from "./engine-context.ts";
import { prepare } from "./preparer.ts";
import { report } from "./reporter.ts";
import { runSteps } from "./step-loop.ts";
import { superviseExecutors } from "./supervise-executors.ts";
import { keepHouse, reportAlive } from "./watch-workers.ts";

/** A worker: prepares and reports jobs itself, and runs their chunks in one executor per core. Any number of them, on any machine. */
const settings = env();
const workerId = randomUUID();
const executors = settings.LONGSHORE_EXECUTORS ?? availableParallelism();
/** A large manifest must not keep the others waiting. */
const stepLanes = 2;

const db = createDb(settings.DATABASE_URL, 8);
const boss = createBoss(settings.DATABASE_URL, { supervise: true });
const ctx: EngineContext = { db, boss, now: () => new Date(), log: log.child({ worker: workerId }) };
boss.on("error", (error) => ctx.log.warn({ error: messageOf(error) }, "the queue's connection failed"));

const stopping = new AbortController();
const stop = () => stopping.abort();
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);

/** Calls `step` again and again; what goes wrong is logged, not fatal. */
async function every(milliseconds: number, what: string, step: () => Promise<void>): Promise<void> {
  while (!stopping.signal.aborted) {
    await step().catch((error: unknown) => ctx.log.warn({ error: messageOf(error) }, `${what} failed; trying again`));
    await sleep(milliseconds, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

await boss.start();
await createStepQueues(boss);
await reportAlive(ctx, workerId, executors);
const drainExecutors = superviseExecutors(ctx, workerId, executors);
const steps = [prepareQueue, reportQueue].flatMap((queue) =>
  Array.from({ length: stepLanes }, () => runSteps(ctx, queue, queue === prepareQueue ? prepare : report, stopping.signal)),
);
const alive = every(1_000, "reporting this worker", () => reportAlive(ctx, workerId, executors));
const house = every(2_000, "housekeeping", () => keepHouse(ctx));
ctx.log.info({ executors, pid: process.pid }, "worker ready");
process.send?.({ type: "ready" });

await new Promise<void>((resolve) => {
  if (stopping.signal.aborted) resolve();
  else stopping.signal.addEventListener("abort", () => resolve(), { once: true });
});
ctx.log.info("worker stopping: chunks in flight end or are given back");
await drainExecutors();
await Promise.race([Promise.all(steps), sleep(10_000)]);
await Promise.all([alive, house]);
await db.worker.deleteMany({ where: { id: workerId } }).catch(() => undefined);
await boss.stop({ graceful: false });
await db.$disconnect();
process.exit(0);
