import { fromPrisma } from "pg-boss";
import type { Context } from "./context.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { reportQueue } from "./queues.ts";
import { transition } from "./transition.ts";

/** Fails a running job for a reason that no further task can get past. What ran is still reported. */
export async function abandonJob(ctx: Pick<Context, "db" | "boss" | "now">, jobId: string, code: string, reason: string): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (!job || transition(job.status, "abandon") === null) return;
    await moveJob(tx, job, {
      event: "abandon",
      actor: "Longshore",
      now: ctx.now(),
      detail: reason,
      data: { failureReasons: [{ FailureCode: code, FailureReason: reason }] },
    });
    await ctx.boss.send(reportQueue, { jobId }, { db: fromPrisma(tx) });
  });
}
