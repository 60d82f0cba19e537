import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { Prisma } from "../db/generated/client.ts";
import { JobStatus } from "../db/generated/enums.ts";
import type { Context } from "./context.ts";
import { toJobListItem } from "./job-item.ts";
import type { JobList } from "./job-views.ts";

export const jobSorts = ["description", "status", "operation", "priority", "totalTasks", "percent", "failedTasks", "createdAt"] as const;

export const listJobsSchema = z.object({
  /** Part of a description, or the beginning of an id. */
  q: z.string().trim().max(256).default(""),
  /** Empty: every status. */
  status: z.array(z.enum(JobStatus)).default([]),
  sort: z.enum(jobSorts).default("createdAt"),
  dir: z.enum(["asc", "desc"]).default("desc"),
  /** From 1. */
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(100).default(25),
});
export type ListJobsQuery = z.input<typeof listJobsSchema>;

const sortColumn: Record<(typeof jobSorts)[number], Prisma.Sql> = {
  description: Prisma.sql`lower(j.description)`,
  status: Prisma.sql`j.status::text`,
  operation: Prisma.sql`j.operation`,
  priority: Prisma.sql`j.priority`,
  totalTasks: Prisma.sql`j."totalTasks"`,
  percent: Prisma.sql`(j."succeededTasks" + j."failedTasks")::float / nullif(j."totalTasks", 0)`,
  failedTasks: Prisma.sql`j."failedTasks"`,
  createdAt: Prisma.sql`j."createdAt"`,
};

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`);

/** One page of the account's jobs. @throws AppError Forbidden; ZodError when the query is wrong */
export async function listJobs(ctx: Context, query: ListJobsQuery): Promise<JobList> {
  demand(ctx, "job.read");
  const { q, status, sort, dir, page, size } = listJobsSchema.parse(query);
  const conditions = [Prisma.sql`j."accountId" = ${ctx.accountId}`];
  if (q !== "") conditions.push(Prisma.sql`(j.description ILIKE ${`%${escapeLike(q)}%`} OR j.id::text LIKE ${`${escapeLike(q.toLowerCase())}%`})`);
  if (status.length > 0) conditions.push(Prisma.sql`j.status::text IN (${Prisma.join(status)})`);
  const where = Prisma.join(conditions, " AND ");
  const direction = dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;

  const [ids, [counted]] = await Promise.all([
    ctx.db.$queryRaw<{ id: string }[]>`
      SELECT j.id FROM "Job" j WHERE ${where}
      ORDER BY ${sortColumn[sort]} ${direction} NULLS LAST, j."createdAt" DESC, j.id
      LIMIT ${size} OFFSET ${(page - 1) * size}`,
    ctx.db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM "Job" j WHERE ${where}`,
  ]);
  const order = ids.map((row) => row.id);
  const [jobs, live] = await ctx.db.$transaction(
    [
      ctx.db.job.findMany({ where: { id: { in: order } }, include: { createdBy: { select: { name: true } } } }),
      ctx.db.chunk.groupBy({
        by: ["jobId"],
        where: { jobId: { in: order }, status: "Running" },
        orderBy: { jobId: "asc" },
        _sum: { liveSucceeded: true, liveFailed: true },
      }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  const liveOf = new Map(live.map((row) => [row.jobId, { succeeded: row._sum.liveSucceeded ?? 0, failed: row._sum.liveFailed ?? 0 }]));
  return {
    jobs: jobs.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)).map((job) => toJobListItem(job, liveOf.get(job.id))),
    total: Number(counted?.total ?? 0),
  };
}
