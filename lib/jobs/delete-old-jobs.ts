import type { Context } from "./context.ts";
import { terminalStatuses } from "./transition.ts";

const dayMs = 24 * 3600 * 1000;
/** At once: each takes its chunks, timeline and errors with it, and a sweep must not hold the database for long. */
const most = 50;

/** When a job that ended is forgotten; null: never. @param days 0 keeps jobs for good */
export const keptUntil = (terminatedAt: Date, days: number): Date | null => (days === 0 ? null : new Date(terminatedAt.getTime() + days * dayMs));

/**
 * Forgets jobs that ended so many days ago, the oldest first. What lies in S3 (reports, kept manifests) stays.
 * @param days 0 keeps all of them
 * @returns the forgotten jobs' ids; call again while there are any
 */
export async function deleteOldJobs(ctx: Pick<Context, "db" | "now">, days: number): Promise<string[]> {
  if (days === 0) return [];
  const old = await ctx.db.job.findMany({
    where: { status: { in: [...terminalStatuses] }, terminatedAt: { lt: new Date(ctx.now().getTime() - days * dayMs) } },
    orderBy: { terminatedAt: "asc" },
    select: { id: true },
    take: most,
  });
  const ids = old.map((job) => job.id);
  await ctx.db.job.deleteMany({ where: { id: { in: ids }, status: { in: [...terminalStatuses] } } });
  return ids;
}
