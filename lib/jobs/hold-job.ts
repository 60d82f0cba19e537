import { storableText } from "../db/storable-text.ts";
import { noteEvent } from "../notifications/note-event.ts";
import type { Context } from "./context.ts";
import { haltWhenIdle } from "./halt-job.ts";
import { lockJob, moveJob } from "./move-job.ts";
import { isRunnable } from "./transition.ts";

/** Who pauses a job where nobody did. */
export const ourselves = "Longshore";

/**
 * Pauses a running job until a person resumes it, for something that they have to mend first, and has them told.
 * @param reason for the timeline; says what to do
 */
export async function holdJob(ctx: Pick<Context, "db" | "now">, jobId: string, reason: string): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, jobId);
    // Another chunk of it was first, or a person.
    if (!job || !isRunnable(job)) return;
    const now = ctx.now();
    const detail = storableText(`${reason} Then resume the job: what ran is kept.`, 1_000);
    const status = await moveJob(tx, job, { event: "pause", actor: ourselves, now, detail, data: { pausedBy: ourselves } });
    if (status === job.status) await tx.jobEvent.create({ data: { jobId, at: now, actor: ourselves, type: "pause", from: status, to: status, detail } });
    await noteEvent(tx, { jobId, event: "paused", actor: ourselves, detail, now });
    await haltWhenIdle(tx, { ...job, status }, now);
  });
}
