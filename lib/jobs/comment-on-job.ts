import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { maxComments } from "./conversation-limits.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";

/**
 * Adds a comment to a job of any status. It stays as it is.
 * @param input `comment` of commentSchema
 * @throws AppError NotFound, Forbidden, Conflict (the job has as many as a job may have)
 */
export async function commentOnJob(ctx: Context, { jobId, comment }: { jobId: string; comment: string }): Promise<void> {
  demand(ctx, "job.comment");
  await ctx.db.$transaction(async (tx) => {
    // Locked, so that two at once do not both become the last that fits.
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    const written = await tx.jobEvent.count({ where: { jobId, type: "comment" } });
    if (written >= maxComments) throw new AppError("Conflict", `This job has ${maxComments} comments, which is the most a job may have.`);
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "comment", detail: comment } });
    await recordAudit(tx, ctx, { action: "job.comment", target: jobTarget(job), detail: comment });
  });
}
