import type { Context } from "./context.ts";
import { lockJob, moveJob } from "./move-job.ts";

/** The service's limit for a job that nobody confirms. */
const suspensionDays = 30;
const dayMs = 24 * 3600 * 1000;

export const suspensionEndsAt = (suspendedAt: Date): Date => new Date(suspendedAt.getTime() + suspensionDays * dayMs);

/** Fails the jobs that have waited too long for a confirmation; their queues go with the next sweep. @returns their ids */
export async function expireJobs(ctx: Pick<Context, "db" | "now">): Promise<string[]> {
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
      const reason = `Nobody confirmed the job within ${suspensionDays} days`;
      await moveJob(tx, job, {
        event: "expire",
        actor: "Longshore",
        now,
        detail: reason,
        data: { failureReasons: [{ FailureCode: "ConfirmationExpired", FailureReason: reason }] },
      });
      await tx.chunk.updateMany({ where: { jobId: id }, data: { status: "Dropped" } });
      return true;
    });
    if (moved) expired.push(id);
  }
  return expired;
}
