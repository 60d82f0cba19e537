import { setTimeout as sleep } from "node:timers/promises";
import { createBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import { untilDatabaseAnswers } from "#lib/db/until-database-answers.ts";
import { env } from "#lib/env.ts";
import { messageOf } from "#lib/errors.ts";
import { takeChunk } from "#lib/jobs/take-chunk.ts";
import { log } from "#lib/log.ts";
import type { EngineContext } from "./engine-context.ts";
import { executeChunk } from "./execute-chunk.ts";
import { createInFlight } from "./in-flight.ts";
import { createJobSessions } from "./job-sessions.ts";

/**
 * One process that takes chunks and runs them; forked by main.ts, which tells it its id.
 * Two chunks at a time, so that the end of one does not leave the wire idle; their tasks share one in-flight budget.
 */
const slots = 2;
const inFlightLimit = 64;
const pollMs = 250;
/** Chunks get this long to end by themselves when the worker is told to stop. */
const drainMs = 10_000;

const executorId = process.argv[2] ?? `executor-${process.pid}`;
const db = createDb(env().DATABASE_URL, 4);
const boss = createBoss(env().DATABASE_URL, { max: 2 });
const ctx: EngineContext = { db, boss, now: () => new Date(), log: log.child({ executor: executorId }) };
boss.on("error", (error) => ctx.log.warn({ error: messageOf(error) }, "the queue's connection failed"));

const draining = new AbortController();
const stopping = new AbortController();
const inFlight = createInFlight(inFlightLimit);
const sessions = createJobSessions(ctx, inFlightLimit);

async function work(): Promise<void> {
  while (!draining.signal.aborted) {
    try {
      const taken = await takeChunk(ctx, executorId);
      if (taken) {
        await executeChunk(ctx, taken.lease, taken.chunk, { sessions, inFlight, stopping: stopping.signal });
        continue;
      }
      sessions.closeIdle();
      await sleep(pollMs, undefined, { signal: draining.signal }).catch(() => undefined);
    } catch (error) {
      ctx.log.warn({ error: messageOf(error) }, "no chunk could be taken; trying again");
      await sleep(1_000, undefined, { signal: draining.signal }).catch(() => undefined);
    }
  }
}

function drain(): void {
  if (draining.signal.aborted) return;
  draining.abort();
  setTimeout(() => stopping.abort(), drainMs).unref();
}

process.on("SIGTERM", drain);
// Ctrl-C reaches the whole group; main.ts decides when to drain.
process.on("SIGINT", () => undefined);
process.on("message", (message) => message === "drain" && drain());
// Without main nobody watches over this process, and its leases are given to others.
process.on("disconnect", () => process.exit(1));

await untilDatabaseAnswers(db, () => ctx.log.warn("the database does not answer; waiting for it"));
await boss.start();
await Promise.all(Array.from({ length: slots }, work));
await boss.stop({ graceful: false });
await db.$disconnect();
process.exit(0);
