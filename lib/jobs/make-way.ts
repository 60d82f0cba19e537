import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { cancelLocked } from "./cancel-job.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { lockExistingJob } from "./move-job.ts";

/**
 * Cancels a job for the one that takes its place, in the transaction that makes it: there is never a moment when both, or neither, can be
 * confirmed. One that runs or has ended is not replaced: nobody has confirmed that it be done twice.
 * @throws AppError Forbidden, NotFound, Conflict
 */
export async function makeWay(ctx: Context, tx: Tx, { jobId, replacedBy }: { jobId: string; replacedBy: string }): Promise<void> {
  const job = await lockExistingJob(tx, ctx.accountId, jobId);
  await demandOnJob(ctx, tx, "job.replace", job);
  if (job.status !== "Suspended") {
    const other = await tx.job.findUnique({ where: { replacesId: jobId }, select: { id: true } });
    const message = other
      ? `Job ${jobId} has been replaced already, by job ${other.id}.`
      : `Job ${jobId}, which this one was to replace, is ${job.status} now. Look at it, and create this job without replacing it if it is still wanted.`;
    throw new AppError("Conflict", message, [{ path: "Replaces", message }]);
  }
  await cancelLocked(ctx, tx, job, `Replaced by job ${replacedBy}`);
}
