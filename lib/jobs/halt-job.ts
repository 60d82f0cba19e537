import type { Tx } from "../db/client.ts";
import type { Job } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { lockJob, moveJob } from "./move-job.ts";

/** Says that a job gives way to one of higher priority: its running chunks are being given back. */
export async function preemptJob(ctx: Pick<Context, "db" | "now">, jobId: string): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    if (job?.status !== "Active") return;
    const now = ctx.now();
    const status = await moveJob(tx, job, { event: "preempt", actor: "Longshore", now });
    // The last of them may be back already.
    await haltWhenIdle(tx, { ...job, status }, now);
  });
}

/** A job that is being paused is paused when no chunk of it runs any more. The job is locked. */
export async function haltWhenIdle(tx: Tx, job: Job, now: Date): Promise<void> {
  if (job.status !== "Pausing") return;
  const running = await tx.chunk.count({ where: { jobId: job.id, status: "Running" } });
  if (running === 0) await moveJob(tx, job, { event: "halt", actor: "Longshore", now });
}
