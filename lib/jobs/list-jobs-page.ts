import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { JobStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import { activeSecondsOf } from "./active-time.ts";
import type { Context } from "./context.ts";
import { toJobListItem } from "./job-item.ts";
import type { JobListItem } from "./job-views.ts";
import { isUuid } from "./move-job.ts";

/** Names are those of AWS's ListJobs. */
export const listJobsPageSchema = z.object({
  /** Empty: every status. */
  JobStatuses: z.array(z.enum(JobStatus, { error: (issue) => `There is no status ${String(issue.input).slice(0, 50)}` })).max(100),
  /** 0 to 1,000; 0 and none are the most. */
  MaxResults: z.int("must be a whole number").min(0, "is 0 at least").max(1000, "is 1,000 at most").optional(),
  /** From the page before. */
  NextToken: z.string().min(1).max(1024).optional(),
});

export interface JobsPage {
  jobs: (JobListItem & { elapsedActiveSeconds: number })[];
  /** Null on the last page. */
  nextToken: string | null;
}

/**
 * The account's jobs, newest first, from where the page before ended: jobs made meanwhile neither repeat nor hide any.
 * @throws AppError Forbidden, InvalidRequest (at the path NextToken for a token that we did not make)
 */
export async function listJobsPage(ctx: Context, query: z.input<typeof listJobsPageSchema>): Promise<JobsPage> {
  demand(ctx, "job.read");
  const { JobStatuses, MaxResults, NextToken } = listJobsPageSchema.parse(query);
  const size = MaxResults || 1000;
  const after = NextToken === undefined ? null : readToken(NextToken);
  // One snapshot: a chunk that is counted between the two reads would be seen twice, or not at all.
  const [found, running] = await ctx.db.$transaction(
    async (tx) => {
      const jobs = await tx.job.findMany({
        where: {
          accountId: ctx.accountId,
          ...(JobStatuses.length > 0 && { status: { in: JobStatuses } }),
          ...(after && { OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }] }),
        },
        omit: { definition: true, manifestSample: true, leftOut: true, duplicateRows: true, generatedManifest: true, failureReasons: true, tags: true },
        include: { createdBy: { select: { name: true } } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: size + 1,
      });
      const live = await tx.chunk.groupBy({
        by: ["jobId"],
        where: { jobId: { in: jobs.map((job) => job.id) }, status: "Running" },
        _sum: { liveSucceeded: true, liveFailed: true },
      });
      return [jobs, live] as const;
    },
    { isolationLevel: "RepeatableRead" },
  );
  const liveOf = new Map(running.map((row) => [row.jobId, { succeeded: row._sum.liveSucceeded ?? 0, failed: row._sum.liveFailed ?? 0 }]));
  const jobs = found.slice(0, size);
  const last = jobs.at(-1);
  return {
    jobs: jobs.map((job) => ({ ...toJobListItem(ctx.caller, job, liveOf.get(job.id)), elapsedActiveSeconds: activeSecondsOf(job, ctx.now()) })),
    nextToken: last && found.length > size ? writeToken(last) : null,
  };
}

/** A job's place in the order. */
interface Place {
  createdAt: Date;
  id: string;
}

const writeToken = ({ createdAt, id }: Place): string => Buffer.from(`1 ${createdAt.getTime()} ${id}`).toString("base64url");

function readToken(token: string): Place {
  const [version, time = "", id = "", ...rest] = Buffer.from(token, "base64url").toString("latin1").split(" ");
  if (version !== "1" || !/^\d{1,15}$/.test(time) || !isUuid(id) || rest.length > 0) {
    const message = "This token is not from a page of this list. Begin again without one.";
    throw new AppError("InvalidRequest", message, [{ path: "NextToken", message }]);
  }
  return { createdAt: new Date(Number(time)), id: id.toLowerCase() };
}
