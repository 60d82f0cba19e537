import { deleteOldJobs } from "#lib/jobs/delete-old-jobs.ts";
import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import { freeGhosts } from "#lib/jobs/free-ghosts.ts";
import { sweepQueues } from "#lib/jobs/sweep-queues.ts";
import { releaseChunksOf } from "#lib/jobs/take-chunk.ts";
import { findSilent, forgetSilent } from "#lib/jobs/workers.ts";
import { forgetOldNotifications } from "#lib/notifications/forget-old.ts";
import { clearSegmentsOf } from "./clear-segments.ts";
import type { EngineContext } from "./engine-context.ts";

/** Gives back the chunks of workers that fell silent, and forgets them. */
export async function replaceSilentWorkers(ctx: EngineContext, ownId: string): Promise<void> {
  for (const worker of await findSilent(ctx.db, ownId)) {
    const chunks = await releaseChunksOf(ctx, `${worker.id}/`);
    ctx.log.warn({ silent: worker.id, hostname: worker.hostname, chunks }, "a worker fell silent; its chunks go to others");
    await forgetSilent(ctx.db, worker.id);
  }
}

/**
 * Fails jobs that nobody confirmed in time, and clears what ended jobs left.
 * @param retentionDays after which an ended job is forgotten; 0: never
 */
export async function keepHouse(ctx: EngineContext, retentionDays: number): Promise<void> {
  const expired = await expireJobs(ctx);
  if (expired.length > 0) ctx.log.info({ jobs: expired }, "failed jobs that nobody confirmed in time");
  for (const jobId of expired) await clearSegmentsOf(ctx, jobId);
  await sweepQueues(ctx);
  const forgotten = await deleteOldJobs(ctx, retentionDays);
  if (forgotten.length > 0) ctx.log.info({ jobs: forgotten, retentionDays }, "forgot jobs that ended long ago");
  await forgetOldNotifications(ctx);
  const freed = await freeGhosts(ctx);
  if (freed > 0) ctx.log.warn({ chunks: freed }, "freed chunks that nobody has leased");
}
