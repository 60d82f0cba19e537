import { fromPrisma } from "pg-boss";
import type { Chunk } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { chunkQueue, wasHeld } from "./queues.ts";
import { isRunnable, isTerminal, runningStatuses } from "./transition.ts";

type EngineContext = Pick<Context, "db" | "boss" | "now">;

/** A chunk under this executor's lease. `attempt` is the fence: every write about the chunk names it. */
export interface Lease {
  jobId: string;
  chunkId: string;
  attempt: number;
}

/**
 * Leases the next chunk of the runnable job with the highest priority that has one, the older job first.
 * @returns null when there is nothing to do
 */
export async function takeChunk(ctx: EngineContext, executorId: string): Promise<{ lease: Lease; chunk: Chunk } | null> {
  const jobs = await ctx.db.job.findMany({
    where: { status: { in: [...runningStatuses] }, pausedBy: null },
    orderBy: [{ priority: "desc" }, { createdAt: "asc" }],
    select: { id: true },
    take: 100,
  });
  for (const { id: jobId } of jobs) {
    const taken = await takeChunkOf(ctx, jobId, executorId);
    if (taken) return taken;
  }
  return null;
}

async function takeChunkOf(ctx: EngineContext, jobId: string, executorId: string): Promise<{ lease: Lease; chunk: Chunk } | null> {
  const [item] = await ctx.boss.fetch(chunkQueue(jobId)).catch((error: unknown) => {
    // A job that ended between the two reads has no queue any more.
    if (error instanceof Error && error.message.endsWith("does not exist")) return [];
    throw error;
  });
  if (!item) return null;
  const lease = { jobId, chunkId: item.id, attempt: item.retryCount };
  const chunk = await startChunk(ctx, lease, executorId);
  if (chunk) return { lease, chunk };
  await releaseChunk(ctx, lease);
  return null;
}

/** @returns null when the job stopped being runnable, or the lease was lost, meanwhile */
export async function startChunk(ctx: EngineContext, lease: Lease, executorId: string): Promise<Chunk | null> {
  return ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, lease.jobId);
    // Waiting for the lock may have outlasted the lease; whoever has the chunk now must not lose it.
    const renewed = await ctx.boss.touch(chunkQueue(lease.jobId), { id: lease.chunkId, retryCount: lease.attempt }, { db: fromPrisma(tx) });
    if (!job || !isRunnable(job) || !wasHeld(renewed)) return null;
    if (job.status !== "Active") await moveJob(tx, job, { event: "activate", actor: "Longshore", now: ctx.now() });
    return tx.chunk.update({
      where: { id: lease.chunkId },
      data: { status: "Running", executorId, attempt: lease.attempt, liveSucceeded: 0, liveFailed: 0 },
    });
  });
}

/** Gives a lease back: the chunk is anybody's again, at once, and starts from its first row. */
export async function releaseChunk(ctx: EngineContext, lease: Lease): Promise<void> {
  await ctx.db.chunk.updateMany({
    where: { id: lease.chunkId, attempt: lease.attempt, status: "Running" },
    data: { status: "Pending", executorId: null, liveSucceeded: 0, liveFailed: 0 },
  });
  await ctx.boss.fail(chunkQueue(lease.jobId), { id: lease.chunkId, retryCount: lease.attempt }, { message: "given back" });
}

/**
 * Gives back every lease of executors that are gone.
 * @param executors what their ids begin with: an executor's own id (it ends with a slash), or its worker's and a slash
 */
export async function releaseChunksOf(ctx: EngineContext, executors: string): Promise<number> {
  const chunks = await ctx.db.chunk.findMany({ where: { status: "Running", executorId: { startsWith: executors } } });
  for (const chunk of chunks) await releaseChunk(ctx, { jobId: chunk.jobId, chunkId: chunk.id, attempt: chunk.attempt });
  return chunks.length;
}

/**
 * Keeps a lease alive and shows what it has run so far.
 * @returns `stop` when the job is to run no further, `lost` when the chunk is somebody else's
 */
export async function renewChunk(ctx: EngineContext, lease: Lease, live: { succeeded: number; failed: number }): Promise<"go on" | "stop" | "lost"> {
  const job = await ctx.db.job.findUnique({ where: { id: lease.jobId }, select: { status: true, pausedBy: true } });
  // An ended job's queue is gone, and with it the lease.
  if (!job || isTerminal(job.status)) return "lost";
  const renewed = await ctx.boss.touch(chunkQueue(lease.jobId), { id: lease.chunkId, retryCount: lease.attempt });
  if (!wasHeld(renewed)) return "lost";
  await ctx.db.chunk.updateMany({
    where: { id: lease.chunkId, attempt: lease.attempt, status: "Running" },
    data: { liveSucceeded: live.succeeded, liveFailed: live.failed },
  });
  return isRunnable(job) ? "go on" : "stop";
}
