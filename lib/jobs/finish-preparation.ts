import { randomUUID } from "node:crypto";
import { fromPrisma } from "pg-boss";
import { readRules } from "../confirmation/read-rules.ts";
import { ruledJob } from "../confirmation/ruled-job.ts";
import { mustWait } from "../confirmation/rules.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { PlacedChunk } from "../manifests/write-segments.ts";
import type { Task } from "../operations/operation.ts";
import { askForPreflight } from "../preflight/ask-preflight.ts";
import type { Context } from "./context.ts";
import type { DuplicateRows } from "./duplicate-rows.ts";
import type { JobFailure } from "./job-failure.ts";
import type { LeftOut } from "./left-out.ts";
import type { GeneratedManifestDescriptor } from "./manifest-schema.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { chunkQueue, createChunkQueue, duplicatesQueue, prepareQueue, wasHeld } from "./queues.ts";

type EngineContext = Pick<Context, "db" | "boss" | "now">;

/** The pg-boss item that a preparer holds. */
export interface StepLease {
  id: string;
  retryCount: number;
  jobId: string;
}

/** What reading the manifest found. */
export interface Preparation {
  chunks: readonly PlacedChunk[];
  rows: number;
  /** Of the manifest as it is stored; null for a generated one. */
  manifestBytes: number | null;
  sample: Task[];
  /** All that it names. */
  buckets: readonly string[];
  /** Of all objects together; null where the list of them does not tell. */
  objectBytes: number | null;
  /** Rows of the manifest that are no tasks. */
  leftOut?: readonly LeftOut[];
  /** Of a generated manifest that was kept. */
  generatedManifest?: GeneratedManifestDescriptor;
}

/** Takes a new job into preparation. @returns false when it was cancelled or prepared meanwhile */
export async function beginPreparation(ctx: EngineContext, jobId: string): Promise<boolean> {
  return ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== "New" && job?.status !== "Preparing") return false;
    await moveJob(tx, job, { event: "prepare", actor: "Longshore", now: ctx.now(), data: { totalTasks: 0 } });
    return true;
  });
}

/**
 * Writes the chunks with their leases, the count and the next status in the transaction that ends the step:
 * a preparer that dies before leaves nothing behind, and one that lost its step changes nothing.
 * @returns false when the step was lost or the job no longer prepares
 */
export async function finishPreparation(ctx: EngineContext, lease: StepLease, found: Preparation): Promise<boolean> {
  const { jobId } = lease;
  await createChunkQueue(ctx.boss, jobId);
  const chunks = found.chunks.map((range, index) => ({ ...range, id: randomUUID(), jobId, index }));
  return ctx.db.$transaction(
    async (tx) => {
      const job = await lockJob(tx, jobId);
      const db = fromPrisma(tx);
      const settled = await ctx.boss.complete(prepareQueue, { id: lease.id, retryCount: lease.retryCount }, null, { db });
      if (!wasHeld(settled) || job?.status !== "Preparing") return false;
      for (let from = 0; from < chunks.length; from += 1_000) {
        const batch = chunks.slice(from, from + 1_000);
        await tx.chunk.createMany({ data: batch });
        await ctx.boss.insert(
          chunkQueue(jobId),
          batch.map(({ id }) => ({ id, data: {} })),
          { db },
        );
      }
      const now = ctx.now();
      // Only now is it known how many objects there are; and the policy may have come after the job.
      const byPolicy = !job.confirmationRequired && mustWait(await readRules(tx), ruledJob({ ...job, totalTasks: BigInt(found.rows) }));
      const waits = job.confirmationRequired || byPolicy;
      const data: Prisma.JobUncheckedUpdateManyInput = {
        totalTasks: found.rows,
        chunksTotal: chunks.length,
        manifestBytes: found.manifestBytes,
        manifestSample: found.sample as unknown as Prisma.InputJsonValue,
        manifestBuckets: [...found.buckets],
        objectBytes: found.objectBytes,
        ...(found.generatedManifest && { generatedManifest: found.generatedManifest }),
        ...(found.leftOut && { leftOut: found.leftOut as unknown as Prisma.InputJsonValue }),
        // For the review; a job that runs by itself has none.
        ...(byPolicy && { confirmationRequired: true }),
        ...(waits && { duplicateRows: { state: "counting" } satisfies DuplicateRows }),
        preparedAt: now,
      };
      if (waits) await ctx.boss.send(duplicatesQueue, { jobId }, { db });
      const detail = `${found.rows.toLocaleString("en")} objects${byPolicy ? "; the confirmation policy asks for a confirmation" : ""}`;
      if (waits) {
        await moveJob(tx, job, { event: "suspend", actor: "Longshore", now, detail, data: { ...data, suspendedAt: now } });
        await askForPreflight(tx, ctx.boss, jobId, now);
      } else await moveJob(tx, job, { event: "ready", actor: "Longshore", now, detail, data });
      return true;
    },
    { timeout: 120_000 },
  );
}

/** Ends the job with the reason, and the step with it. */
export async function failPreparation(ctx: EngineContext, lease: StepLease, failure: JobFailure): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, lease.jobId);
    const settled = await ctx.boss.complete(prepareQueue, { id: lease.id, retryCount: lease.retryCount }, null, { db: fromPrisma(tx) });
    if (!wasHeld(settled) || job?.status !== "Preparing") return;
    await moveJob(tx, job, {
      event: "fail",
      actor: "Longshore",
      now: ctx.now(),
      detail: failure.message,
      data: { failureReasons: [{ FailureCode: failure.code, FailureReason: failure.message }] },
    });
  });
}
