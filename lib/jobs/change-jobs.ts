import { z } from "zod";
import { canOnJob, demand, type Verb } from "../auth/permissions.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { log } from "../log.ts";
import { cancelJob } from "./cancel-job.ts";
import type { Context } from "./context.ts";
import { type ChangesForeseen, type ChangesMade, type JobAction, maxJobsAtOnce } from "./job-actions.ts";
import { prioritySchema, statusUpdateReasonSchema } from "./job-schema.ts";
import { pauseJob } from "./pause-job.ts";
import { resumeJob } from "./resume-job.ts";
import { isTerminal, transition } from "./transition.ts";
import { updateJobPriority } from "./update-job-priority.ts";

const jobIds = z.array(z.guid()).min(1, "Choose at least one job").max(maxJobsAtOnce, `At most ${maxJobsAtOnce} jobs can be changed at once`);

export const jobChangeSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("cancel"), reason: statusUpdateReasonSchema }),
  z.strictObject({ action: z.literal("priority"), priority: prioritySchema }),
  z.strictObject({ action: z.literal("pause") }),
  z.strictObject({ action: z.literal("resume") }),
]);
export type JobChange = z.output<typeof jobChangeSchema>;

export const changeJobsSchema = z.strictObject({ jobIds, change: jobChangeSchema });
export const foreseeChangesSchema = z.strictObject({ jobIds, action: z.enum(["cancel", "priority", "pause", "resume"]) });

/** One job's verb each, with its own transaction. */
const apply = (ctx: Context, jobId: string, change: JobChange): Promise<void> => {
  switch (change.action) {
    case "cancel":
      return cancelJob(ctx, { jobId, reason: change.reason });
    case "priority":
      return updateJobPriority(ctx, { jobId, priority: change.priority });
    case "pause":
      return pauseJob(ctx, { jobId });
    case "resume":
      return resumeJob(ctx, { jobId });
  }
};

const verbs: Record<JobAction, Verb> = { cancel: "job.cancel", priority: "job.priority", pause: "job.pause", resume: "job.pause" };

/** What a job's status says against a change; null where it allows it. The verbs decide by themselves. */
export function refusalByStatus({ status, pausedBy }: { status: JobStatus; pausedBy: string | null }, action: JobAction): string | null {
  if (action === "priority") return isTerminal(status) ? "Has ended: its priority does not matter any more" : null;
  if (action === "pause" && pausedBy !== null) return "Is paused already";
  if (action === "resume" && pausedBy === null) return "Nobody has paused it";
  if (transition(status, action) !== null) return null;
  if (isTerminal(status)) return "Has ended";
  if (action === "pause") return status === "New" || status === "Preparing" || status === "Suspended" ? "Does not run yet" : "Is ending";
  return "Is ending already";
}

interface Created {
  createdById: string | null;
  createdBy: { name: string } | null;
}

/** The same for whose job it is. */
function refusalByCreator({ caller }: Context, job: Created, action: JobAction): string | null {
  if (canOnJob(caller, verbs[action], job)) return null;
  return job.createdBy ? `${job.createdBy.name} created it: ask them, a reviewer or an administrator` : "Is not your own: ask a reviewer or an administrator";
}

/** What a change of many jobs would do now, for the question before it. @throws AppError Forbidden; ZodError */
export async function foreseeChanges(ctx: Context, input: z.input<typeof foreseeChangesSchema>): Promise<ChangesForeseen> {
  const { jobIds, action } = foreseeChangesSchema.parse(input);
  demand(ctx, verbs[action]);
  const jobs = await ctx.db.job.findMany({
    where: { id: { in: jobIds }, accountId: ctx.accountId },
    select: {
      id: true,
      description: true,
      status: true,
      pausedBy: true,
      totalTasks: true,
      succeededTasks: true,
      failedTasks: true,
      createdById: true,
      createdBy: { select: { name: true } },
    },
  });
  const found = new Map(jobs.map((job) => [job.id, job]));
  const foreseen: ChangesForeseen = { able: [], unable: [], tasks: 0, tasksRun: 0 };
  for (const jobId of new Set(jobIds)) {
    const job = found.get(jobId);
    const reason = job ? (refusalByStatus(job, action) ?? refusalByCreator(ctx, job, action)) : "Does not exist any more";
    if (job && reason === null) {
      foreseen.able.push(jobId);
      foreseen.tasks += Number(job.totalTasks);
      foreseen.tasksRun += Number(job.succeededTasks + job.failedTasks);
    } else foreseen.unable.push({ jobId, description: job?.description ?? "", reason: reason ?? "" });
  }
  return foreseen;
}

/** So many at a time: the pool of connections serves others, too. */
const lanes = 4;

/**
 * Changes each of the jobs in a transaction of its own: what fails for one is told, and stops no other. Whoever dies on the way
 * leaves each job changed or not, and may ask again.
 * @throws AppError Forbidden; ZodError
 */
export async function changeJobs(ctx: Context, input: z.input<typeof changeJobsSchema>): Promise<ChangesMade> {
  const { jobIds, change } = changeJobsSchema.parse(input);
  demand(ctx, verbs[change.action]);
  const changed: string[] = [];
  const refused = new Map<string, string>();
  const waiting = [...new Set(jobIds)];
  const lane = async () => {
    for (let jobId = waiting.shift(); jobId !== undefined; jobId = waiting.shift()) {
      try {
        await apply(ctx, jobId, change);
        changed.push(jobId);
      } catch (error) {
        refused.set(jobId, reasonOf(error, jobId));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const names =
    refused.size === 0
      ? []
      : await ctx.db.job.findMany({ where: { id: { in: [...refused.keys()] }, accountId: ctx.accountId }, select: { id: true, description: true } });
  const nameOf = new Map(names.map(({ id, description }) => [id, description]));
  return { changed, unchanged: [...refused].map(([jobId, reason]) => ({ jobId, description: nameOf.get(jobId) ?? "", reason })) };
}

function reasonOf(error: unknown, jobId: string): string {
  if (error instanceof AppError) return error.message;
  log.error({ jobId, err: error }, "a job could not be changed with others");
  return "Something went wrong in the console. Try again.";
}
