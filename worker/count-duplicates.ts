import { randomBytes } from "node:crypto";
import { fromPrisma } from "pg-boss";
import { messageOf } from "#lib/errors.ts";
import type { DuplicateRows } from "#lib/jobs/duplicate-rows.ts";
import type { StepLease } from "#lib/jobs/finish-preparation.ts";
import { duplicatesQueue, wasHeld } from "#lib/jobs/queues.ts";
import { isTerminal } from "#lib/jobs/transition.ts";
import { createSeenObjects } from "#lib/manifests/seen-objects.ts";
import { taskFieldsOf } from "#lib/manifests/task-fields.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import { readTasks } from "./read-tasks.ts";
import type { StepOutcome } from "./step-loop.ts";

/** What one reading of the rows may remember, in 134 MB. */
export const objectsPerReading = 8_000_000;
/** Up to this often the rows are read, for an exact count; of more rows than that, a part stands for all. */
const maxReadings = 16;
const maxTries = 5;

/**
 * Counts the rows of a prepared job that name an object again, while it waits to be confirmed or runs already. Nothing
 * depends on it: where it cannot be done, the review says so.
 */
export async function countDuplicates(ctx: EngineContext, lease: StepLease, capacity = objectsPerReading): Promise<StepOutcome> {
  const loaded = await loadJob(ctx, lease.jobId).catch((error: unknown) => {
    if (lease.retryCount + 1 < maxTries) throw error;
    return "unknown" as const;
  });
  if (loaded === "unknown") return finish(ctx, lease, { state: "unknown" });
  if (!loaded) return "obsolete";
  try {
    // Before anything is read, since whoever was killed by reading it has told nobody.
    if (isTerminal(loaded.job.status) || lease.retryCount >= maxTries) return await finish(ctx, lease, { state: "unknown" });
    return await finish(ctx, lease, await countOf(ctx, loaded, capacity));
  } catch (error) {
    if (lease.retryCount + 1 < maxTries) throw error;
    ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "the duplicate rows of a job could not be counted");
    return await finish(ctx, lease, { state: "unknown" });
  } finally {
    loaded.close();
  }
}

async function countOf(ctx: EngineContext, loaded: LoadedJob, capacity: number): Promise<DuplicateRows> {
  // Parts are never quite equal.
  const parts = Math.ceil(Number(loaded.job.totalTasks) / (capacity * 0.95));
  const readings = parts <= maxReadings ? parts : 1;
  const key = randomBytes(8);
  const room = Math.min(capacity, Number(loaded.job.totalTasks));
  let rows = 0;
  for (let index = 0; index < readings; index += 1) rows += await countPart(ctx, loaded, createSeenObjects(room, key, { index, of: parts }));
  return readings === parts ? { state: "counted", rows } : { state: "counted", rows: rows * parts, sampleOf: parts };
}

async function countPart(ctx: EngineContext, loaded: LoadedJob, seen: ReturnType<typeof createSeenObjects>): Promise<number> {
  const source = { ...loaded, fields: taskFieldsOf(loaded.definition) };
  const never = new AbortController().signal;
  let rows = 0;
  for (let firstRow = 1n; ; ) {
    // By rows: a chunk that is cut in two meanwhile leaves a rest whose rows were read with it.
    const chunks = await ctx.db.chunk.findMany({ where: { jobId: loaded.job.id, firstRow: { gte: firstRow } }, orderBy: { firstRow: "asc" }, take: 100 });
    for (const chunk of chunks) {
      for await (const batch of readTasks(source, chunk, never)) {
        for (let task = batch.next(); task; task = batch.next()) if (seen.add(task)) rows += 1;
      }
    }
    const last = chunks.at(-1);
    if (!last) return rows;
    firstRow = last.firstRow + BigInt(last.rows);
  }
}

/** In the transaction that ends the step, so that one that lost its lease writes nothing. */
async function finish(ctx: EngineContext, lease: StepLease, duplicateRows: DuplicateRows): Promise<StepOutcome> {
  await ctx.db.$transaction(async (tx) => {
    const settled = await ctx.boss.complete(duplicatesQueue, { id: lease.id, retryCount: lease.retryCount }, null, { db: fromPrisma(tx) });
    if (wasHeld(settled)) await tx.job.updateMany({ where: { id: lease.jobId }, data: { duplicateRows } });
  });
  return "done";
}
