import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import { sweepQueues } from "#lib/jobs/sweep-queues.ts";
import { releaseChunksOf } from "#lib/jobs/take-chunk.ts";
import { findSilent, forgetSilent } from "#lib/jobs/workers.ts";
import type { EngineContext } from "./engine-context.ts";

/** Gives back the chunks of workers that fell silent, and forgets them. */
export async function replaceSilentWorkers(ctx: EngineContext): Promise<void> {
  for (const worker of await findSilent(ctx.db)) {
    const chunks = await releaseChunksOf(ctx, `${worker.id}/`);
    ctx.log.warn({ silent: worker.id, hostname: worker.hostname, chunks }, "a worker fell silent; its chunks go to others");
    await forgetSilent(ctx.db, worker.id);
  }
}

/** Fails jobs that nobody confirmed in time, and clears what ended jobs left. */
export async function keepHouse(ctx: EngineContext): Promise<void> {
  const expired = await expireJobs(ctx);
  if (expired > 0) ctx.log.info({ jobs: expired }, "failed jobs that nobody confirmed in time");
  await sweepQueues(ctx);
}
