import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { haltWhenIdle } from "./halt-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";

/**
 * Pauses a job until a person resumes it. Tasks in flight end, no new one starts; what ran is kept.
 * @throws AppError NotFound, Forbidden, JobStatus when it does not run or is paused by a person already
 */
export async function pauseJob(ctx: Context, { jobId }: { jobId: string }): Promise<void> {
  demand(ctx, "job.pause");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.pause", job);
    if (job.pausedBy !== null) throw new AppError("JobStatus", `${job.pausedBy} has paused this job already.`);
    const move = { event: "pause", actor: ctx.caller.name, now: ctx.now(), data: { pausedBy: ctx.caller.name } } as const;
    const status = await moveJob(tx, job, move);
    // It had given way to another job already: the status stays, but now it is a person's wish.
    if (status === job.status) await tx.jobEvent.create({ data: { jobId, at: move.now, actor: move.actor, type: move.event, from: status, to: status } });
    const [before, after] = [
      { status: job.status, pausedBy: job.pausedBy },
      { status, pausedBy: ctx.caller.name },
    ];
    await recordAudit(tx, ctx, { action: "job.pause", target: jobTarget(job), before, after });
    await haltWhenIdle(tx, { ...job, status }, move.now);
  });
}
