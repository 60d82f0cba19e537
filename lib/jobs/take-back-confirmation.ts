import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";
import { notifyJobs } from "./notify-jobs.ts";

/**
 * Takes back the caller's confirmation of a job that waits for a second one: as if it had not been given.
 * @throws AppError NotFound, Forbidden, JobStatus (somebody else has confirmed it too, or it was decided otherwise), Conflict (there is none)
 */
export async function takeBackConfirmation(ctx: Context, { jobId }: { jobId: string }): Promise<void> {
  demand(ctx, "job.confirm");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    if (job.status !== "Suspended")
      throw new AppError("JobStatus", `The job is ${job.status}: it is too late to take a confirmation back. Pause or cancel it.`);
    const given = await tx.jobConfirmation.findMany({ where: { jobId }, include: { user: { select: { email: true } } } });
    const own = given.find(({ userId }) => userId === ctx.caller.userId);
    if (!own) throw new AppError("Conflict", "No confirmation of yours waits for a second one here: you have given none, or it does not count any more.");
    await tx.jobConfirmation.delete({ where: { jobId_userId: { jobId, userId: own.userId } } });
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "take-back-confirmation" } });
    const emails = given.map(({ user }) => user.email);
    const before = { confirmedBy: emails, definitionDigest: own.definitionDigest, canaryTasks: own.canaryTasks };
    const after = { confirmedBy: emails.filter((email) => email !== own.user.email) };
    await recordAudit(tx, ctx, { action: "job.take-back", target: jobTarget(job), before, after });
    await notifyJobs(tx);
  });
}
