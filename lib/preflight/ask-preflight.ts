import { fromPrisma, type PgBoss } from "pg-boss";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { jobTarget } from "../jobs/job-target.ts";
import { lockExistingJob } from "../jobs/move-job.ts";
import { notifyJobs } from "../jobs/notify-jobs.ts";
import { preflightQueue } from "../jobs/queues.ts";

/** One that is waited for longer than this is asked for again: its item may be lost. */
const patienceMs = 5 * 60_000;

/**
 * Has a worker check a suspended job (again): a second wish while one is waited for changes nothing.
 * @throws AppError NotFound, Forbidden, JobStatus
 */
export async function askPreflight(ctx: Context, { jobId }: { jobId: string }): Promise<void> {
  demand(ctx, "job.check");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    if (job.status !== "Suspended") throw new AppError("JobStatus", `The job is ${job.status}. Only a job that awaits confirmation is checked.`);
    const now = ctx.now();
    if (job.preflightAskedAt !== null && now.getTime() - job.preflightAskedAt.getTime() < patienceMs) return;
    await askForPreflight(tx, ctx.boss, jobId, now);
    await recordAudit(tx, ctx, { action: "job.check", target: jobTarget(job) });
    await notifyJobs(tx);
  });
}

/** The job is locked. */
export async function askForPreflight(tx: Tx, boss: PgBoss, jobId: string, now: Date): Promise<void> {
  await tx.job.update({ where: { id: jobId }, data: { preflightAskedAt: now } });
  await boss.send(preflightQueue, { jobId }, { db: fromPrisma(tx) });
}
