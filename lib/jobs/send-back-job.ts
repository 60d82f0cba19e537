import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { voidConfirmations } from "../confirmation/given-confirmations.ts";
import { AppError } from "../errors.ts";
import { noteEvent } from "../notifications/note-event.ts";
import type { Context } from "./context.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";
import { notSentBack, sentBackOf } from "./sent-back.ts";

/**
 * A reviewer's "not like this": the job stays Suspended, which is the service's only word for it, and cannot be confirmed until somebody asks
 * again. Its days until it expires run on.
 * @param input `reason` of commentSchema
 * @throws AppError NotFound, Forbidden, JobStatus (it awaits no confirmation), Conflict (somebody has sent it back already)
 */
export async function sendBackJob(ctx: Context, { jobId, reason }: { jobId: string; reason: string }): Promise<void> {
  demand(ctx, "job.send-back");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    if (job.status !== "Suspended") {
      throw new AppError("JobStatus", `The job is ${job.status}. Only a job that awaits confirmation can be sent back.`);
    }
    const sentBack = sentBackOf(job);
    if (sentBack) throw new AppError("Conflict", `${sentBack.actor} has sent this job back already.`);
    const at = ctx.now();
    const marks = { sentBackAt: at, sentBackBy: ctx.caller.name, sentBackReason: reason };
    await tx.job.update({ where: { id: jobId }, data: marks });
    const confirmedBy = await voidConfirmations(tx, jobId, "the job was sent back", at);
    await tx.jobEvent.create({ data: { jobId, at, actor: ctx.caller.name, type: "send-back", detail: reason } });
    await recordAudit(tx, ctx, {
      action: "job.send-back",
      target: jobTarget(job),
      before: { ...notSentBack, confirmedBy },
      after: { ...marks, confirmedBy: [] },
      detail: reason,
    });
    await noteEvent(tx, { jobId, event: "sentBack", actor: ctx.caller.name, detail: reason, now: at });
  });
}
