import { fromPrisma, type PgBoss } from "pg-boss";
import type { Tx } from "../db/client.ts";
import { type Job, Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { moveJob } from "./move-job.ts";
import { chunkQueue } from "./queues.ts";
import { findHasty } from "./workers.ts";

/**
 * A canary: a job's first tasks run, in the manifest's order, and somebody is asked again before the rest. While one is wanted
 * (`canaryUntil`), one chunk at a time may be taken, the first that is not done; so whoever dies, the next one runs the same tasks.
 */
type Counts = Pick<Job, "canaryUntil" | "succeededTasks" | "failedTasks">;

/** How many tasks may run before somebody is asked again; null: all. */
export const canaryLeft = ({ canaryUntil, succeededTasks, failedTasks }: Counts): number | null =>
  canaryUntil === null ? null : Number(canaryUntil - succeededTasks - failedTasks);

/** Of a job `j`: whether no chunk of its canary runs, for a choice among jobs. What is true of one that is locked, `offerCanaryChunk` says. */
export const hasRoomForCanary: Prisma.Sql = Prisma.sql`
  (j."canaryUntil" IS NULL OR NOT EXISTS (SELECT 1 FROM "Chunk" c WHERE c."jobId" = j.id AND c."executorId" IS NOT NULL))`;

/** What is ahead of all other leases of its queue. */
export const canaryPriority = 1;

/** Puts the first chunk that is not done ahead of all others, unless it is under a lease. The job is locked. @returns whether it did */
export async function offerCanaryChunk(boss: PgBoss, tx: Tx, jobId: string): Promise<boolean> {
  const first = await tx.chunk.findFirst({ where: { jobId, status: { in: ["Pending", "Running"] } }, orderBy: { firstRow: "asc" }, select: { id: true } });
  if (!first) return false;
  const { updated } = await boss.update(chunkQueue(jobId), undefined, { id: first.id, priority: canaryPriority, db: fromPrisma(tx) });
  return updated > 0;
}

/** @throws AppError InvalidRequest when so many tasks are not left and one more; Conflict while a worker runs that would not stop */
export async function wantCanary(tx: Tx, job: Job, tasks: number): Promise<{ until: bigint; words: string }> {
  const ran = job.succeededTasks + job.failedTasks;
  const left = Number(job.totalTasks - ran);
  if (tasks >= left) {
    const message = `${left.toLocaleString("en")} objects are left to run: choose fewer for a canary, or run all of them.`;
    throw new AppError("InvalidRequest", message, [{ path: "canaryTasks", message }]);
  }
  const hasty = await findHasty(tx);
  if (hasty !== null) {
    throw new AppError(
      "Conflict",
      `The worker on ${hasty} is of an older version and would not stop after ${tasks} objects. Update it, or stop it, and run them then.`,
    );
  }
  return { until: ran + BigInt(tasks), words: `the ${ran > 0n ? "next" : "first"} ${tasks.toLocaleString("en")} objects, then ask again` };
}

/** Asks again, if the canary's tasks are counted and others are left. The job is locked. @returns whether it did */
export async function endCanary(tx: Tx, job: Job, now: Date): Promise<boolean> {
  const left = canaryLeft(job);
  if (left === null || left > 0) return false;
  const number = (count: bigint) => count.toLocaleString("en");
  const { succeededTasks, failedTasks, totalTasks } = job;
  await moveJob(tx, job, {
    event: "canary-end",
    actor: "Longshore",
    now,
    detail: `${number(succeededTasks + failedTasks)} of ${number(totalTasks)} tasks have run: ${number(succeededTasks)} succeeded, ${number(failedTasks)} failed`,
    // Nobody's pause outlasts it: the job waits for a person as it is.
    data: { suspendedAt: now, pausedBy: null, restsUntil: null },
  });
  return true;
}
