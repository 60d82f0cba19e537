import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import type { Limits } from "./job-views.ts";
import { lockExistingJob } from "./move-job.ts";
import { notifyJobs } from "./notify-jobs.ts";
import { isTerminal } from "./transition.ts";

/** Changes a job's own caps; they count within seconds while it runs. @throws AppError NotFound, Forbidden, JobStatus when it has ended */
export async function updateJobLimits(ctx: Context, { jobId, limits }: { jobId: string; limits: Limits }): Promise<void> {
  demand(ctx, "job.limits");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.limits", job);
    if (isTerminal(job.status)) throw new AppError("JobStatus", `The job is ${job.status}: its limits do not matter any more.`);
    if (job.maxInFlight === limits.maxInFlight && job.maxRequestsPerSecond === limits.maxRequestsPerSecond) return;
    await tx.job.update({ where: { id: jobId }, data: limits });
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "limits", detail: words(limits) } });
    const before = { maxInFlight: job.maxInFlight, maxRequestsPerSecond: job.maxRequestsPerSecond };
    await recordAudit(tx, ctx, { action: "job.limits", target: jobTarget(job), before, after: { ...limits } });
    await notifyJobs(tx);
  });
}

function words({ maxInFlight, maxRequestsPerSecond }: Limits): string {
  const caps = [
    ...(maxInFlight === null ? [] : [`${maxInFlight.toLocaleString("en")} at once`]),
    ...(maxRequestsPerSecond === null ? [] : [`${maxRequestsPerSecond.toLocaleString("en")} a second`]),
  ];
  return caps.length === 0 ? "No limit" : `At most ${caps.join(" and ")}`;
}
