import type { JobStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { counted } from "./conflicts.ts";

const ended: JobStatus[] = ["Complete", "Cancelled", "Failed"];

/**
 * What a reviewer confirmed is what must run, so the place that jobs work on does not move under them.
 * @throws AppError Conflict
 */
export async function demandNoUnfinishedJobs(ctx: Context, role: { id: string } | { connectionId: string }, what: string): Promise<void> {
  const unfinished = await ctx.db.job.count({ where: { role, status: { notIn: ended } } });
  if (unfinished === 0) return;
  const verb = unfinished === 1 ? "has" : "have";
  throw new AppError(
    "Conflict",
    `${counted(unfinished, "job")} that ${verb} not ended would be affected, so ${what} cannot change now. Wait for them or cancel them; new keys can be entered at any time.`,
  );
}
