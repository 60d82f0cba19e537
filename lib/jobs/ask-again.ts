import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import { noteEvent } from "../notifications/note-event.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";
import { notSentBack, sentBackOf } from "./sent-back.ts";

/**
 * Has a job that was sent back reviewed again as it is, with what speaks for it.
 * @param input `comment` of commentSchema
 * @throws AppError NotFound, Forbidden, JobStatus (it awaits no confirmation), Conflict (nobody has sent it back, or somebody has asked already)
 */
export async function askAgain(ctx: Context, { jobId, comment }: { jobId: string; comment: string }): Promise<void> {
  demand(ctx, "job.ask-again");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.ask-again", job);
    if (job.status !== "Suspended") throw new AppError("JobStatus", `The job is ${job.status}. It awaits no confirmation any more.`);
    if (sentBackOf(job) === null)
      throw new AppError("Conflict", "This job waits for a confirmation already: nobody has sent it back, or somebody has asked again.");
    await tx.job.update({ where: { id: jobId }, data: notSentBack });
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "ask-again", detail: comment } });
    const { sentBackAt, sentBackBy, sentBackReason } = job;
    const before = { sentBackAt, sentBackBy, sentBackReason };
    await recordAudit(tx, ctx, { action: "job.ask-again", target: jobTarget(job), before, after: notSentBack, detail: comment });
    await noteEvent(tx, { jobId, event: "awaiting", actor: ctx.caller.name, detail: comment, now: ctx.now() });
  });
}
