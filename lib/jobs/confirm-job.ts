import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { demandConfirmer } from "../confirmation/demand-confirmer.ts";
import type { Confirmed } from "../confirmation/policy-views.ts";
import { ruledDefinition } from "../confirmation/ruled-job.ts";
import { AppError } from "../errors.ts";
import { demandPreflight } from "../preflight/demand-preflight.ts";
import { refusalOfJob } from "../probe/refusals-of-job.ts";
import { wantCanary } from "./canary.ts";
import type { Context } from "./context.ts";
import { jobDefinitionSchema } from "./job-schema.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob, moveJob } from "./move-job.ts";
import { notifyJobs } from "./notify-jobs.ts";
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
 * Lets a suspended job run: to its end, or for a canary. Where the confirmation policy asks for two people, the first one's yes is kept,
 * and the second one's lets it run: as far as both have confirmed it.
 * @throws AppError NotFound, Forbidden (the role, or the confirmation policy), Conflict (confirmed by the caller already; sent back and not asked for again; another definition than the one shown, or another number of tasks run;
 *   a store that is not trusted with it; not checked yet, or with errors that were
 *   not acknowledged), JobStatus (no longer suspended, or irreversible and confirmed without a review), InvalidRequest (irreversible, and not with
 *   its number of objects; a canary of no fewer tasks than are left)
 */
export async function confirmJob(
  ctx: Context,
  { jobId, definitionDigest, numberOfObjects, acknowledgedPreflight, reason, tasksRun, canaryTasks }: ConfirmJobInput,
): Promise<Confirmed> {
  demand(ctx, "job.confirm");
  return ctx.db.$transaction(async (tx) => {
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
    const definition = jobDefinitionSchema.parse(job.definition);
    const ruled = ruledDefinition(definition, { createdById: job.createdById, totalTasks: Number(job.totalTasks) });
    const { needed, others, userId } = await demandConfirmer(ctx, tx, jobId, ruled);
    if (tasksRun !== undefined && BigInt(tasksRun) !== job.succeededTasks + job.failedTasks) {
      throw new AppError("Conflict", "Somebody has let the first objects of this job run meanwhile. Look at what came of them, and decide then.");
    }
    if (ruled.irreversible) demandCount(Number(job.totalTasks), { definitionDigest, numberOfObjects });
    const refusal = await refusalOfJob(tx, definition, job.manifestSample as { versionId?: string }[]);
    if (refusal !== null) throw new AppError("Conflict", refusal);
    const inSpite = demandPreflight(job.preflight, { acknowledgedPreflight });
    const wishes = [canaryTasks ?? null, ...others.map((other) => other.canaryTasks)].filter((tasks) => tasks !== null);
    // What runs was confirmed by everybody: of their canaries the smallest.
    const canary = wishes.length === 0 ? null : await wantCanary(tx, job, Math.min(...wishes));
    const given = others.length + 1;
    const detail = [needed > 1 && `${given} of ${needed}`, canary?.words, inSpite, reason].filter(Boolean).join("; ");
    const now = ctx.now();
    const confirmed = { definitionDigest: job.definitionDigest, ...(canary && { canaryUntil: canary.until }), ...(inSpite && { inSpite }) };
    if (given < needed) {
      await tx.jobConfirmation.create({
        data: { jobId, userId, at: now, definitionDigest, acknowledgedPreflight: acknowledgedPreflight ?? null, canaryTasks: canaryTasks ?? null },
      });
      await tx.jobEvent.create({ data: { jobId, at: now, actor: ctx.caller.name, type: "first-confirmation", detail } });
      await recordAudit(tx, ctx, { action: "job.confirm", target: jobTarget(job), after: { given, needed, ...confirmed }, detail });
      await notifyJobs(tx);
      return { given, needed };
    }
    const status = await moveJob(tx, job, {
      event: "confirm",
      actor: ctx.caller.name,
      now,
      ...(detail && { detail }),
      data: { confirmedAt: now, canaryUntil: canary?.until ?? null, ...(reason ? { statusUpdateReason: reason } : {}) },
    });
    await recordAudit(tx, ctx, { action: "job.confirm", target: jobTarget(job), before: { status: job.status }, after: { status, ...confirmed }, detail });
    return { given, needed };
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
