import { hostname } from "node:os";
import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import { releaseChunksOf } from "#lib/jobs/take-chunk.ts";
import { workerSilenceMs } from "#lib/jobs/workers.ts";
import type { EngineContext } from "./engine-context.ts";

/** Says that this worker is alive. Call it every second. */
export async function reportAlive(ctx: EngineContext, workerId: string, executors: number): Promise<void> {
  const lastSeenAt = ctx.now();
  await ctx.db.worker.upsert({
    where: { id: workerId },
    create: { id: workerId, hostname: hostname(), pid: process.pid, executors, startedAt: lastSeenAt, lastSeenAt },
    update: { lastSeenAt },
  });
}

/** Gives back the chunks of workers that fell silent, and forgets them; fails jobs that nobody confirmed in time. */
export async function keepHouse(ctx: EngineContext): Promise<void> {
  const silentSince = new Date(ctx.now().getTime() - workerSilenceMs);
  for (const worker of await ctx.db.worker.findMany({ where: { lastSeenAt: { lt: silentSince } } })) {
    const chunks = await releaseChunksOf(ctx, `${worker.id}/`);
    ctx.log.warn({ worker: worker.id, hostname: worker.hostname, chunks }, "a worker fell silent; its chunks go to others");
    await ctx.db.worker.deleteMany({ where: { id: worker.id, lastSeenAt: worker.lastSeenAt } });
  }
  const expired = await expireJobs(ctx);
  if (expired > 0) ctx.log.info({ jobs: expired }, "failed jobs that nobody confirmed in time");
}
