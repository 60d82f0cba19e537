import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";

/**
 * Lets a job that a person has paused go on from where it stopped.
 * @throws AppError NotFound, Forbidden, JobStatus when no person has paused it
 */
export async function resumeJob(ctx: Context, { jobId }: { jobId: string }): Promise<void> {
  demand(ctx, "job.pause");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.pause", job);
    if (job.pausedBy === null) throw new AppError("JobStatus", `Nobody has paused this job. It is ${job.status}.`);
    const status = await moveJob(tx, job, { event: "resume", actor: ctx.caller.name, now: ctx.now(), data: { pausedBy: null } });
    const [before, after] = [
      { status: job.status, pausedBy: job.pausedBy },
      { status, pausedBy: null },
    ];
    await recordAudit(tx, ctx, { action: "job.resume", target: jobTarget(job), before, after });
  });
}
