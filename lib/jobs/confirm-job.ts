import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";

interface ConfirmJobInput {
  jobId: string;
  /** As the review showed it: what was read is what runs. Null from AWS's clients, which show no review: what the job is now. */
  definitionDigest: string | null;
  reason?: string | undefined;
}

/**
 * Lets a suspended job run.
 * @throws AppError NotFound, Forbidden, Conflict (another definition than the one shown), JobStatus (no longer suspended)
 */
export async function confirmJob(ctx: Context, { jobId, definitionDigest, reason }: ConfirmJobInput): Promise<void> {
  demand(ctx, "job.confirm");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    if (job.status !== "Suspended") {
      const confirmed = await tx.jobEvent.findFirst({ where: { jobId, type: "confirm" } });
      throw new AppError(
        "JobStatus",
        confirmed
          ? `${confirmed.actor} has confirmed this job already. It is ${job.status} now.`
          : `The job is ${job.status}. Only a job that awaits confirmation can be confirmed.`,
      );
    }
    if (definitionDigest !== null && job.definitionDigest !== definitionDigest) {
      throw new AppError("Conflict", "What you confirmed is not what this job would do. Read the review again, and confirm that.");
    }
    const now = ctx.now();
    await moveJob(tx, job, {
      event: "confirm",
      actor: ctx.caller.name,
      now,
      ...(reason ? { detail: reason } : {}),
      data: { confirmedAt: now, ...(reason ? { statusUpdateReason: reason } : {}) },
    });
  });
}
