import { createBoss, startBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import { startWithDatabase } from "#lib/db/until-database-answers.ts";
import { env } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { chunksPerExecutor } from "#lib/jobs/workers.ts";
import { log } from "#lib/log.ts";
import { createChunkRunner } from "./chunk-runner.ts";
import { dieLogged } from "./die-logged.ts";
import type { EngineContext } from "./engine-context.ts";
import { listenToJobs } from "./listen-to-jobs.ts";
import { createWaker } from "./waker.ts";

/** One process that takes chunks and runs them; forked by main.ts, which tells it its id. */
const lookMs = 500;
const tellMs = 1_000;

dieLogged(log);
const executorId = process.argv[2] ?? `executor-${process.pid}`;
const db = createDb(env().DATABASE_URL, 4);
const boss = createBoss(env().DATABASE_URL, { max: 2 });
const ctx: EngineContext = { db, boss, now: () => new Date(), log: log.child({ worker: executorId.split("/")[0], executor: executorId }) };
boss.on("error", (error) => ctx.log.warn({ error: messageOf(error) }, "the queue's connection failed"));

const runner = createChunkRunner(ctx, executorId);
const waker = createWaker();
let draining = false;

async function work(): Promise<void> {
  while (!draining) {
    try {
      if (!(await runner.runNext())) await waker.sleep(lookMs);
    } catch (error) {
      ctx.log.warn({ error: messageOf(error) }, "no chunk could be taken; trying again");
      await waker.sleep(1_000);
    }
  }
}

function drain(): void {
  draining = true;
  runner.drain();
  waker.wake();
}

process.on("SIGTERM", drain);
// Ctrl-C reaches the whole group; main.ts decides when to drain.
process.on("SIGINT", () => undefined);
process.on("message", (message) => message === "drain" && drain());
// Without main nobody watches over this process, and its leases are given to others.
process.on("disconnect", () => process.exit(1));

await startWithDatabase(
  db,
  () => ctx.log.warn("the database does not answer; waiting for it"),
  () => startBoss(boss),
);
const stopListening = listenToJobs(ctx, env().DATABASE_URL, () => {
  runner.beat();
  waker.wake();
});
const telling = setInterval(() => process.connected && process.send?.({ type: "tasks", run: runner.tasksRun(), metrics: runner.metrics() }), tellMs);
await Promise.all(Array.from({ length: chunksPerExecutor }, work));
clearInterval(telling);
await runner.close();
await stopListening();
await boss.stop({ graceful: false });
await db.$disconnect();
process.exit(0);
