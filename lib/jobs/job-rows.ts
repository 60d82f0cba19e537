import { activeSecondsOf } from "./active-time.ts";
import type { Context } from "./context.ts";
import { toJobListItem } from "./job-item.ts";
import type { JobRow } from "./job-views.ts";

/** What a row does not show, and may be large. */
export const wideColumns = {
  definition: true,
  manifestSample: true,
  manifestBuckets: true,
  leftOut: true,
  duplicateRows: true,
  generatedManifest: true,
  failureReasons: true,
  preflight: true,
  tags: true,
} as const;

/** The jobs with these ids, in this order; one that is gone meanwhile is left out. */
export async function readJobRows(ctx: Context, ids: readonly string[]): Promise<JobRow[]> {
  if (ids.length === 0) return [];
  // One snapshot: a chunk that is counted between the two reads would be seen twice, or not at all.
  const [jobs, live] = await ctx.db.$transaction(
    [
      ctx.db.job.findMany({
        where: { id: { in: [...ids] } },
        omit: wideColumns,
        include: { createdBy: { select: { name: true } }, role: { select: { arn: true, connection: { select: { id: true, name: true } } } } },
      }),
      ctx.db.chunk.groupBy({
        by: ["jobId"],
        where: { jobId: { in: [...ids] }, status: "Running" },
        orderBy: { jobId: "asc" },
        _sum: { liveSucceeded: true, liveFailed: true },
      }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  const liveOf = new Map(live.map((row) => [row.jobId, { succeeded: row._sum.liveSucceeded ?? 0, failed: row._sum.liveFailed ?? 0 }]));
  const now = ctx.now();
  const rows = new Map(
    jobs.map((job) => [
      job.id,
      {
        ...toJobListItem(ctx.caller, job, liveOf.get(job.id)),
        activeSeconds: activeSecondsOf(job, now),
        role: { id: job.roleId, arn: job.role.arn },
        connection: job.role.connection,
      } satisfies JobRow,
    ]),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}
