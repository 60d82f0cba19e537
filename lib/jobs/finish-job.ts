import { fromPrisma } from "pg-boss";
import { bossSchema } from "../db/boss.ts";
import type { Job } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import type { StepLease } from "./finish-preparation.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { chunkQueue, reportQueue, wasHeld } from "./queues.ts";

type EngineContext = Pick<Context, "db" | "boss" | "now">;

/**
 * Drops what waits of a job that is to end.
 * @returns how many chunks are still under a lease; call again until there is none
 */
export async function dropWaitingChunks(ctx: EngineContext, jobId: string): Promise<number> {
  const queue = chunkQueue(jobId);
  // A job that ends before it was prepared has no queue.
  if ((await ctx.boss.getQueue(queue)) === null) return 0;
  await ctx.boss.deleteQueuedJobs(queue);
  const [leased] = await ctx.db.$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(*) AS count FROM ${bossSchema}.job WHERE name = $1 AND state = 'active'`,
    queue,
  );
  return Number(leased?.count ?? 0);
}

/** Remembers that the report stands: from here on, its parts may go. */
export async function recordReport(ctx: EngineContext, jobId: string, reportManifestKey: string): Promise<void> {
  await ctx.db.job.update({ where: { id: jobId }, data: { reportManifestKey } });
}

/**
 * The job's end, in the transaction that ends the step.
 * @param reportFailure why the report could not be written; the job is then `Failed`
 */
export async function finishJob(ctx: EngineContext, lease: StepLease, reportFailure: string | null): Promise<Job["status"] | null> {
  const queue = chunkQueue(lease.jobId);
  if ((await ctx.boss.getQueue(queue)) !== null) {
    await ctx.boss.deleteAllJobs(queue);
    await ctx.boss.deleteQueue(queue);
  }
  return ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, lease.jobId);
    const settled = await ctx.boss.complete(reportQueue, { id: lease.id, retryCount: lease.retryCount }, null, { db: fromPrisma(tx) });
    if (!wasHeld(settled) || !job) return null;
    await tx.chunk.updateMany({
      where: { jobId: job.id, status: { not: "Done" } },
      data: { status: "Dropped", executorId: null, liveSucceeded: 0, liveFailed: 0 },
    });
    const common = { actor: "Longshore", now: ctx.now() };
    if (reportFailure === null) return moveJob(tx, job, { ...common, event: "finish" });
    const failureReasons = [...(job.failureReasons as object[]), { FailureCode: "ReportWriteFailed", FailureReason: reportFailure }];
    return moveJob(tx, job, { ...common, event: "fail", detail: reportFailure, data: { failureReasons } });
  });
}
