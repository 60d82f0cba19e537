import type { Tx } from "../db/client.ts";
import type { Job, Prisma } from "../db/generated/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { eventOf } from "../notifications/event-of.ts";
import { noteEvent } from "../notifications/note-event.ts";
import { notifyJobs } from "./notify-jobs.ts";
import { isTerminal, type JobEventName, transition } from "./transition.ts";

interface Move {
  event: JobEventName;
  actor: string;
  now: Date;
  /** For the timeline. */
  detail?: string;
  data?: Prisma.JobUncheckedUpdateManyInput;
}

/** The job, locked until the transaction ends: every change of a job's status and counters starts here. */
export async function lockJob(tx: Tx, jobId: string): Promise<Job | null> {
  await tx.$queryRaw`SELECT 1 FROM "Job" WHERE id = ${jobId}::uuid FOR UPDATE`;
  return tx.job.findUnique({ where: { id: jobId } });
}

/**
 * Moves a job to the status that `event` leads to, as a compare-and-set, and writes its timeline.
 * @returns the new status
 * @throws AppError JobStatus when the job's status does not allow it, Conflict when it changed meanwhile
 */
export async function moveJob(tx: Tx, job: Pick<Job, "id" | "status" | "activeSince" | "activeSeconds">, move: Move): Promise<JobStatus> {
  const next = transition(job.status, move.event);
  if (next === null) throw new AppError("JobStatus", `The job is ${job.status}, which does not allow this.`);
  const clock: Prisma.JobUncheckedUpdateManyInput = {};
  if (next === "Active") clock.activeSince = move.now;
  else if (job.activeSince !== null) {
    clock.activeSince = null;
    clock.activeSeconds = job.activeSeconds + (move.now.getTime() - job.activeSince.getTime()) / 1000;
  }
  if (isTerminal(next)) clock.terminatedAt = move.now;
  const { count } = await tx.job.updateMany({ where: { id: job.id, status: job.status }, data: { ...clock, ...move.data, status: next } });
  if (count === 0) throw new AppError("Conflict", "Somebody else changed the job a moment ago. Look at it again.");
  // What was confirmed of it was this wait's: each further one, after a canary, asks anew.
  if (job.status === "Suspended") await tx.jobConfirmation.deleteMany({ where: { jobId: job.id } });
  if (next !== job.status) {
    await tx.jobEvent.create({
      data: { jobId: job.id, at: move.now, actor: move.actor, type: move.event, from: job.status, to: next, detail: move.detail ?? null },
    });
    const event = eventOf(next);
    if (event) await noteEvent(tx, { jobId: job.id, event, actor: move.actor, detail: move.detail ?? null, now: move.now });
  }
  await notifyJobs(tx);
  return next;
}

/** @throws AppError NotFound, for a job of another account too */
export async function lockExistingJob(tx: Tx, accountId: string, jobId: string): Promise<Job> {
  const job = isUuid(jobId) ? await lockJob(tx, jobId) : null;
  if (job?.accountId !== accountId) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  return job;
}

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
