import { fromPrisma } from "pg-boss";
import { bossSchema } from "../db/boss.ts";
import type { Tx } from "../db/client.ts";
import { type Chunk, type Job, Prisma } from "../db/generated/client.ts";
import { canaryLeft, canaryPriority, endCanary, offerCanaryChunk } from "./canary.ts";
import type { Context } from "./context.ts";
import { haltWhenIdle } from "./halt-job.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { chunkQueue } from "./queues.ts";
import { isRunnable, runningStatuses } from "./transition.ts";
import { withinLimits } from "./within-limits.ts";

type EngineContext = Pick<Context, "db" | "boss" | "now">;

/** A chunk under this executor's lease. `attempt` is the fence: every write about the chunk names it. */
export interface Lease {
  jobId: string;
  chunkId: string;
  attempt: number;
}

/** A job, and when its role and connection were last changed: whoever knows them from then need not read them again. */
interface Candidate {
  id: string;
  roleUpdatedAt: Date;
  connectionUpdatedAt: Date;
}

export interface TakenChunk extends Omit<Candidate, "id"> {
  lease: Lease;
  chunk: Chunk;
  job: Job;
  /** Rows of it that may be begun: a canary ends with them. Null: all. */
  limit: number | null;
}

/** Among jobs of one priority, one that had no chunk taken for this long goes before the older ones; the longest first. */
const patienceMs = 20_000;
/** What may be leased is for the queue to say: a chunk whose lease ran out is not marked as waiting. */
const leases = Prisma.raw(`${bossSchema}.job`);
/** Jobs that are asked for a chunk before giving up: all that wait may have been taken since they were looked up. */
const maxJobs = 10;

/**
 * Leases the next chunk of the runnable job with the highest priority that has one waiting; among equals the older job
 * first, but none waits for good.
 * @returns null when there is nothing to do
 */
export async function takeChunk(ctx: EngineContext, executorId: string): Promise<TakenChunk | null> {
  const now = ctx.now();
  const impatientSince = new Date(now.getTime() - patienceMs);
  const served = Prisma.sql`coalesce(j."servedAt", j."confirmedAt", j."preparedAt")`;
  const jobs = await ctx.db.$queryRaw<Candidate[]>`
    SELECT j.id, r."updatedAt" AS "roleUpdatedAt", n."updatedAt" AS "connectionUpdatedAt"
    FROM "Job" j JOIN "ExecutionRole" r ON r.id = j."roleId" JOIN "Connection" n ON n.id = r."connectionId"
    WHERE j.status = ANY(${[...runningStatuses]}::"JobStatus"[]) AND j."pausedBy" IS NULL
      AND (j."restsUntil" IS NULL OR j."restsUntil" < ${now}) AND ${withinLimits}
      AND EXISTS (SELECT 1 FROM ${leases} b WHERE b.name = ${chunkQueue("")} || j.id AND b.state < 'active' AND NOT b.blocked)
    ORDER BY j.priority DESC, CASE WHEN ${served} < ${impatientSince} THEN ${served} END NULLS LAST, j."createdAt", j.id
    LIMIT ${maxJobs}`;
  for (const { id, ...changes } of jobs) {
    const taken = await takeChunkOf(ctx, id, executorId);
    if (taken) return { ...taken, ...changes };
  }
  return null;
}

/**
 * Leases a chunk and marks it as running, in one transaction: whoever dies in between has taken nothing.
 * @returns null when the job has no chunk any more, or stopped being runnable meanwhile
 */
async function takeChunkOf(ctx: EngineContext, jobId: string, executorId: string): Promise<Pick<TakenChunk, "lease" | "chunk" | "job" | "limit"> | null> {
  return ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || !isRunnable(job)) return null;
    const now = ctx.now();
    if (await endCanary(tx, job, now)) return null;
    const limit = canaryLeft(job);
    const item = await fetchLease(ctx, tx, jobId, limit !== null);
    if (!item) return null;
    if (job.status === "Active") await tx.job.update({ where: { id: job.id }, data: { servedAt: now, restsUntil: null } });
    else await moveJob(tx, job, { event: "activate", actor: "Longshore", now, data: { servedAt: now, restsUntil: null } });
    const lease = { jobId, chunkId: item.id, attempt: item.retryCount };
    const chunk = await tx.chunk.update({
      where: { id: lease.chunkId },
      data: { status: "Running", executorId, attempt: lease.attempt, liveSucceeded: 0, liveFailed: 0 },
    });
    return { lease, chunk, job, limit };
  });
}

async function fetchLease(ctx: EngineContext, tx: Tx, jobId: string, canary: boolean): Promise<{ id: string; retryCount: number } | undefined> {
  try {
    if (canary && !(await offerCanaryChunk(ctx.boss, tx, jobId))) return undefined;
    const [item] = await ctx.boss.fetch(chunkQueue(jobId), { db: fromPrisma(tx), ...(canary && { minPriority: canaryPriority }) });
    return item;
  } catch (error) {
    // A job that ended between the two reads has no queue any more.
    if (error instanceof Error && error.message.endsWith("does not exist")) return undefined;
    throw error;
  }
}

/** Gives a lease back: the chunk is anybody's again, at once, and starts from its first row. */
export async function releaseChunk(ctx: EngineContext, lease: Lease): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, lease.jobId);
    await tx.chunk.updateMany({
      where: { id: lease.chunkId, attempt: lease.attempt, status: "Running" },
      data: { status: "Pending", executorId: null, liveSucceeded: 0, liveFailed: 0 },
    });
    if (job) await haltWhenIdle(tx, job, ctx.now());
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
