import { fromPrisma } from "pg-boss";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Tx } from "../db/client.ts";
import type { Job } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";
import { reportQueue } from "./queues.ts";

interface CancelJobInput {
  jobId: string;
  reason?: string | undefined;
}

/**
 * Stops a job. Tasks in flight end, no new one starts, and the report of what ran is written.
 * @throws AppError NotFound, Forbidden, JobStatus when it has ended or is ending already
 */
export async function cancelJob(ctx: Context, { jobId, reason }: CancelJobInput): Promise<void> {
  demand(ctx, "job.cancel");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.cancel", job);
    await cancelLocked(ctx, tx, job, reason);
  });
}

/** The same of a job that this transaction has locked. */
export async function cancelLocked(ctx: Context, tx: Tx, job: Job, reason: string | undefined): Promise<void> {
  const status = await moveJob(tx, job, {
    event: "cancel",
    actor: ctx.caller.name,
    now: ctx.now(),
    ...(reason ? { detail: reason } : {}),
    data: { statusUpdateReason: reason || null },
  });
  await recordAudit(tx, ctx, { action: "job.cancel", target: jobTarget(job), before: { status: job.status }, after: { status }, detail: reason });
  await ctx.boss.send(reportQueue, { jobId: job.id }, { db: fromPrisma(tx) });
}
