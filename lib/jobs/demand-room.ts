import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Context } from "./context.ts";
import { terminalStatuses } from "./transition.ts";

/** They end by themselves, as soon as a worker has time: whoever cancels a job has room for another at once. */
const ending = ["Cancelling", "Failing"] as const;

const dayMs = 24 * 3600 * 1000;

/**
 * Whether the caller may have another job: of those that have not ended, and of those made in a day. Called in the transaction
 * that makes the job; two of one person wait for each other, so that not both are the last one allowed.
 * @param freed jobs that end with this one's beginning
 * @throws AppError TooManyRequests
 */
export async function demandRoomForJob(ctx: Pick<Context, "caller" | "now">, tx: Tx, freed: number): Promise<void> {
  const { userId } = ctx.caller;
  if (userId === null) return;
  const { jobsPerPerson, jobsPerDay } = limits();
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE id = ${userId} FOR NO KEY UPDATE`;
  const unfinished = await tx.job.count({ where: { createdById: userId, status: { notIn: [...terminalStatuses, ...ending] } } });
  if (unfinished - freed >= jobsPerPerson) {
    throw new AppError(
      "TooManyRequests",
      `You have ${words(unfinished)} not ended yet, and no more than ${words(jobsPerPerson)} of one person may be there at once. Wait until some end or cancel those that are not needed; whoever runs Longshore can raise LONGSHORE_MAX_JOBS_PER_PERSON.`,
    );
  }
  const today = await tx.job.count({ where: { createdById: userId, createdAt: { gt: new Date(ctx.now().getTime() - dayMs) } } });
  if (today >= jobsPerDay) {
    throw new AppError(
      "TooManyRequests",
      `You have made ${words(today)} in the last 24 hours, and no more than ${words(jobsPerDay)} are allowed. Put more objects into one job; whoever runs Longshore can raise LONGSHORE_MAX_JOBS_PER_PERSON, which this is ten times of.`,
    );
  }
}

const words = (jobs: number): string => `${jobs.toLocaleString("en")} ${jobs === 1 ? "job" : "jobs"}`;
