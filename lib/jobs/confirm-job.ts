import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import { irreversibleOf } from "../operations/registry.ts";
import { demandPreflight } from "../preflight/demand-preflight.ts";
import { refusalOfJob } from "../probe/refusals-of-job.ts";
import { wantCanary } from "./canary.ts";
import type { Context } from "./context.ts";
import { jobDefinitionSchema } from "./job-schema.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";
import { refusalOfSentBack, sentBackOf } from "./sent-back.ts";

interface ConfirmJobInput {
  jobId: string;
  /** As the review showed it: what was read is what runs. Null from AWS's clients, which show no review: what the job is now. */
  definitionDigest: string | null;
  /** As the reviewer typed it: asked for where the job is irreversible. */
  numberOfObjects?: number | undefined;
  /** `checkedAt` of the preflight whose errors were seen: it is run in spite of them. */
  acknowledgedPreflight?: string | undefined;
  reason?: string | undefined;
  /** How many tasks had run, as the review showed: what a canary has done since is to be seen first. */
  tasksRun?: number | undefined;
  /** Run so many more tasks, and ask again before the rest. */
  canaryTasks?: number | undefined;
}

/**
 * Lets a suspended job run: to its end, or for a canary.
 * @throws AppError NotFound, Forbidden, Conflict (sent back and not asked for again; another definition than the one shown, or another number of tasks run;
 *   a store that is not trusted with it; not checked yet, or with errors that were
 *   not acknowledged), JobStatus (no longer suspended, or irreversible and confirmed without a review), InvalidRequest (irreversible, and not with
 *   its number of objects; a canary of no fewer tasks than are left)
 */
export async function confirmJob(
  ctx: Context,
  { jobId, definitionDigest, numberOfObjects, acknowledgedPreflight, reason, tasksRun, canaryTasks }: ConfirmJobInput,
): Promise<void> {
  demand(ctx, "job.confirm");
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    if (job.status !== "Suspended") {
      const confirmed = await tx.jobEvent.findFirst({ where: { jobId, type: "confirm" }, orderBy: { id: "desc" } });
      throw new AppError(
        "JobStatus",
        confirmed
          ? `${confirmed.actor} has confirmed this job already. It is ${job.status} now.`
          : `The job is ${job.status}. Only a job that awaits confirmation can be confirmed.`,
      );
    }
    const sentBack = sentBackOf(job);
    if (sentBack) throw new AppError("Conflict", refusalOfSentBack(sentBack));
    if (definitionDigest !== null && job.definitionDigest !== definitionDigest) {
      throw new AppError("Conflict", "What you confirmed is not what this job would do. Read the review again, and confirm that.");
    }
    if (tasksRun !== undefined && BigInt(tasksRun) !== job.succeededTasks + job.failedTasks) {
      throw new AppError("Conflict", "Somebody has let the first objects of this job run meanwhile. Look at what came of them, and decide then.");
    }
    if (irreversibleOf(jobDefinitionSchema.parse(job.definition)) !== null) demandCount(Number(job.totalTasks), { definitionDigest, numberOfObjects });
    const refusal = await refusalOfJob(tx, jobDefinitionSchema.parse(job.definition), job.manifestSample as { versionId?: string }[]);
    if (refusal !== null) throw new AppError("Conflict", refusal);
    const inSpite = demandPreflight(job.preflight, { acknowledgedPreflight });
    const canary = canaryTasks === undefined ? null : await wantCanary(tx, job, canaryTasks);
    const detail = [canary?.words, inSpite, reason].filter(Boolean).join("; ");
    const now = ctx.now();
    const status = await moveJob(tx, job, {
      event: "confirm",
      actor: ctx.caller.name,
      now,
      ...(detail && { detail }),
      data: { confirmedAt: now, canaryUntil: canary?.until ?? null, ...(reason ? { statusUpdateReason: reason } : {}) },
    });
    const after = { status, definitionDigest: job.definitionDigest, ...(canary && { canaryUntil: canary.until }), ...(inSpite && { inSpite }) };
    await recordAudit(tx, ctx, { action: "job.confirm", target: jobTarget(job), before: { status: job.status }, after, detail });
  });
}

/** Who types the number of objects has read it. AWS's clients have no place for it, and have shown no review. */
function demandCount(total: number, { definitionDigest, numberOfObjects }: Pick<ConfirmJobInput, "definitionDigest" | "numberOfObjects">): void {
  if (definitionDigest === null) {
    throw new AppError(
      "JobStatus",
      "What this job does can never be undone, so it is confirmed in the console alone: its review shows what will happen, and asks for the number of objects.",
    );
  }
  if (numberOfObjects === total) return;
  const message =
    numberOfObjects === undefined
      ? "What this job does can never be undone: type the number of its objects to confirm it."
      : `The job is on ${total.toLocaleString("en")} objects, not on ${numberOfObjects.toLocaleString("en")}. Read the review again, and type the number that it shows.`;
  throw new AppError("InvalidRequest", message, [{ path: "numberOfObjects", message }]);
}
