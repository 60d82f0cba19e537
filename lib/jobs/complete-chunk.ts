import { randomUUID } from "node:crypto";
import { fromPrisma } from "pg-boss";
import type { Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { endCanary } from "./canary.ts";
import type { Context } from "./context.ts";
import { type ErrorGroup, type ErrorSample, maxGroups, otherCode, samplesPerCode } from "./error-summary.ts";
import { exceedsThreshold } from "./failure-threshold.ts";
import { haltWhenIdle } from "./halt-job.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { notifyJobs } from "./notify-jobs.ts";
import { chunkQueue, reportQueue, wasHeld } from "./queues.ts";
import type { Lease } from "./take-chunk.ts";
import { isTerminal, runningStatuses } from "./transition.ts";

/** What an executor did with a chunk. Parts are keys in the connection's work area, null where nothing was written. */
export interface ChunkResult {
  succeeded: number;
  failed: number;
  errors: ErrorGroup[];
  succeededPart: string | null;
  failedPart: string | null;
  /** Rows that were not run but are to be: `index` counts from the chunk's first, from 0; bytes are the manifest's, and `byteEnd` is exclusive. */
  rest: { index: number; rows: number; byteStart: number; byteEnd: number }[];
}

/**
 * Counts a chunk, in the transaction that completes its lease: both or neither, and only for who holds the lease.
 * The last chunk, the end of a canary, or one too many failures moves the job on.
 * @returns false when the lease was lost: nothing was changed
 */
export async function completeChunk(ctx: Pick<Context, "db" | "boss" | "now">, lease: Lease, result: ChunkResult): Promise<boolean> {
  return ctx.db.$transaction(
    async (tx) => {
      // The job first, in every transaction: two chunks that end at once wait for each other instead of deadlocking.
      const job = await lockJob(tx, lease.jobId);
      // An ended job's queue is gone, and with it the lease.
      if (!job || isTerminal(job.status)) return false;
      const settled = await ctx.boss.complete(chunkQueue(lease.jobId), { id: lease.chunkId, retryCount: lease.attempt }, null, { db: fromPrisma(tx) });
      if (!wasHeld(settled)) return false;
      const kept = result.rest.length === 0 ? {} : await cutOff(ctx, tx, lease, result.rest);
      await tx.chunk.update({
        where: { id: lease.chunkId },
        data: {
          ...kept,
          status: "Done",
          executorId: null,
          succeeded: result.succeeded,
          failed: result.failed,
          succeededPart: result.succeededPart,
          failedPart: result.failedPart,
          liveSucceeded: 0,
          liveFailed: 0,
        },
      });
      for (const group of result.errors) await addErrors(tx, lease.jobId, group);
      const counted = await tx.job.update({
        where: { id: lease.jobId },
        data: { succeededTasks: { increment: result.succeeded }, failedTasks: { increment: result.failed }, chunksDone: { increment: 1 } },
      });
      if (!runningStatuses.includes(counted.status)) return true;
      const [succeeded, failed] = [Number(counted.succeededTasks), Number(counted.failedTasks)];
      const now = ctx.now();
      if (exceedsThreshold(succeeded, failed)) {
        const reason = `${failed.toLocaleString("en")} of ${(succeeded + failed).toLocaleString("en")} tasks failed, which is more than half`;
        await moveJob(tx, counted, {
          event: "exceed-threshold",
          actor: "Longshore",
          now,
          detail: reason,
          data: { failureReasons: [{ FailureCode: "JobFailureThresholdExceeded", FailureReason: reason }] },
        });
      } else if (counted.chunksDone === counted.chunksTotal) {
        await moveJob(tx, counted, { event: "complete-tasks", actor: "Longshore", now });
      } else {
        if (!(await endCanary(tx, counted, now))) await haltWhenIdle(tx, counted, now);
        return true;
      }
      await ctx.boss.send(reportQueue, { jobId: lease.jobId }, { db: fromPrisma(tx) });
      return true;
    },
    { timeout: 30_000 },
  );
}

/**
 * Makes chunks of the rows that were not run, for anybody to take.
 * @returns what is left of the chunk itself; its bytes may have holes then, since nobody reads them again
 */
async function cutOff(ctx: Pick<Context, "boss">, tx: Tx, lease: Lease, rest: ChunkResult["rest"]): Promise<{ rows: number }> {
  const { chunksTotal } = await tx.job.update({ where: { id: lease.jobId }, data: { chunksTotal: { increment: rest.length } } });
  const { firstRow, rows, segmentKey, segmentETag } = await tx.chunk.findUniqueOrThrow({ where: { id: lease.chunkId } });
  const chunks = rest.map(({ index, rows, byteStart, byteEnd }, at) => ({
    id: randomUUID(),
    jobId: lease.jobId,
    index: chunksTotal - rest.length + at,
    firstRow: firstRow + BigInt(index),
    rows,
    byteStart,
    byteEnd,
    segmentKey,
    segmentETag,
  }));
  await tx.chunk.createMany({ data: chunks });
  await ctx.boss.insert(
    chunkQueue(lease.jobId),
    chunks.map(({ id }) => ({ id, data: {} })),
    { db: fromPrisma(tx) },
  );
  await notifyJobs(tx);
  return { rows: rows - rest.reduce((sum, one) => sum + one.rows, 0) };
}

/** Codes that an endpoint invents, chunk after chunk, are counted together once a job has many. */
async function addErrors(tx: Tx, jobId: string, found: ErrorGroup): Promise<void> {
  const keyOf = ({ code, httpStatus }: { code: string; httpStatus: number }) => ({ jobId_code_httpStatus: { jobId, code, httpStatus } });
  const known = await tx.jobError.findUnique({ where: keyOf(found) });
  const group = known || (await tx.jobError.count({ where: { jobId } })) < maxGroups ? found : { ...found, code: otherCode, httpStatus: 0 };
  const key = keyOf(group);
  const before = group === found ? known : await tx.jobError.findUnique({ where: key });
  const samples = [...((before?.samples as unknown as ErrorSample[]) ?? []), ...group.samples].slice(0, samplesPerCode) as unknown as Prisma.InputJsonValue;
  await tx.jobError.upsert({
    where: key,
    create: { jobId, code: group.code, httpStatus: group.httpStatus, count: group.count, samples },
    update: { count: { increment: group.count }, samples },
  });
}
