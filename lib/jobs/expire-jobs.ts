import { fromPrisma } from "pg-boss";
import type { Context } from "./context.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { reportQueue } from "./queues.ts";

/** The service's limit for a job that nobody confirms. */
const suspensionDays = 30;
const dayMs = 24 * 3600 * 1000;

export const suspensionEndsAt = (suspendedAt: Date): Date => new Date(suspendedAt.getTime() + suspensionDays * dayMs);

/**
 * Fails the jobs that have waited too long for a confirmation; their queues go with the next sweep. One of which a canary has
 * run ends with its report.
 * @returns the ids of those that have ended
 */
export async function expireJobs(ctx: Pick<Context, "db" | "boss" | "now">): Promise<string[]> {
  const now = ctx.now();
  const due = await ctx.db.job.findMany({
    where: { status: "Suspended", suspendedAt: { lt: new Date(now.getTime() - suspensionDays * dayMs) } },
    select: { id: true },
  });
  const expired: string[] = [];
  for (const { id } of due) {
    const moved = await ctx.db.$transaction(async (tx) => {
      const job = await lockJob(tx, id);
      if (job?.status !== "Suspended") return false;
      const ran = job.succeededTasks + job.failedTasks > 0n;
      const reason = `Nobody confirmed the ${ran ? "rest of the job" : "job"} within ${suspensionDays} days`;
      await moveJob(tx, job, {
        event: ran ? "expire-canary" : "expire",
        actor: "Longshore",
        now,
        detail: reason,
        data: { failureReasons: [{ FailureCode: "ConfirmationExpired", FailureReason: reason }] },
      });
      if (ran) {
        await ctx.boss.send(reportQueue, { jobId: id }, { db: fromPrisma(tx) });
        return false;
      }
      await tx.chunk.updateMany({ where: { jobId: id }, data: { status: "Dropped" } });
      return true;
    });
    if (moved) expired.push(id);
  }
  return expired;
}
