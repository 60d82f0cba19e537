import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";
import { notifyJobs } from "./notify-jobs.ts";
import { isTerminal } from "./transition.ts";

interface UpdateJobPriorityInput {
  jobId: string;
  /** 0 to 2,147,483,647, higher first. */
  priority: number;
}

/** @throws AppError NotFound, Forbidden, JobStatus when the job has ended */
export async function updateJobPriority(ctx: Context, { jobId, priority }: UpdateJobPriorityInput): Promise<void> {
  demand(ctx, "job.priority");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.priority", job);
    if (isTerminal(job.status)) throw new AppError("JobStatus", `The job is ${job.status}: its priority does not matter any more.`);
    if (job.priority === priority) return;
    await tx.job.update({ where: { id: jobId }, data: { priority } });
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "priority", detail: `${job.priority} → ${priority}` } });
    await recordAudit(tx, ctx, { action: "job.priority", target: jobTarget(job), before: { priority: job.priority }, after: { priority } });
    await notifyJobs(tx);
  });
}
