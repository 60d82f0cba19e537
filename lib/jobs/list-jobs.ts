import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { Prisma } from "../db/generated/client.ts";
import type { Context } from "./context.ts";
import { type JobFilters, jobFiltersSchema, whereJobs } from "./job-filters.ts";
import { readJobRows } from "./job-rows.ts";
import { type JobSort, jobSorts } from "./job-sorts.ts";
import type { JobList } from "./job-views.ts";

export const jobOrderSchema = z.object({
  sort: z.enum(jobSorts).default("createdAt"),
  dir: z.enum(["asc", "desc"]).default("desc"),
});

export const listJobsSchema = jobFiltersSchema.extend({
  ...jobOrderSchema.shape,
  /** From 1. */
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(25),
});
export type ListJobsQuery = z.input<typeof listJobsSchema>;

const sortColumn: Record<JobSort, Prisma.Sql> = {
  description: Prisma.sql`lower(j.description)`,
  status: Prisma.sql`j.status::text`,
  operation: Prisma.sql`j.operation`,
  dryRun: Prisma.sql`j."dryRun"`,
  priority: Prisma.sql`j.priority`,
  totalTasks: Prisma.sql`j."totalTasks"`,
  percent: Prisma.sql`(j."succeededTasks" + j."failedTasks")::float / nullif(j."totalTasks", 0)`,
  failedTasks: Prisma.sql`j."failedTasks"`,
  createdAt: Prisma.sql`j."createdAt"`,
  terminatedAt: Prisma.sql`j."terminatedAt"`,
  // How long an active job has been so by now is the same for all but its beginning.
  duration: Prisma.sql`nullif(j."activeSeconds" + coalesce(extract(epoch FROM (now() AT TIME ZONE 'UTC') - j."activeSince"), 0), 0)`,
  creator: Prisma.sql`lower(u.name)`,
  role: Prisma.sql`r.arn`,
  connection: Prisma.sql`lower(c.name)`,
};

/** The newest first among equals, so that no page repeats a row. */
function orderJobs({ sort, dir }: z.output<typeof jobOrderSchema>): Prisma.Sql {
  if (sort === "createdAt") return dir === "asc" ? Prisma.sql`j."createdAt" ASC, j.id DESC` : Prisma.sql`j."createdAt" DESC, j.id`;
  const direction = dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.sql`${sortColumn[sort]} ${direction} NULLS LAST, j."createdAt" DESC, j.id`;
}

/** The query for the ids of all jobs that match, in order. PostgreSQL leaves out the joins that an order does not need. */
export const selectJobIds = (accountId: string, filters: JobFilters, order: z.output<typeof jobOrderSchema>): Prisma.Sql => Prisma.sql`
  SELECT j.id FROM "Job" j
  LEFT JOIN "User" u ON u.id = j."createdById"
  LEFT JOIN "ExecutionRole" r ON r.id = j."roleId"
  LEFT JOIN "Connection" c ON c.id = r."connectionId"
  WHERE ${whereJobs(accountId, filters)} ORDER BY ${orderJobs(order)}`;

/** One page of the account's jobs. @throws AppError Forbidden; ZodError when the query is wrong */
export async function listJobs(ctx: Context, query: ListJobsQuery): Promise<JobList> {
  demand(ctx, "job.read");
  const { sort, dir, page, size, ...filters } = listJobsSchema.parse(query);
  const [ids, [counted]] = await Promise.all([
    ctx.db.$queryRaw<{ id: string }[]>`${selectJobIds(ctx.accountId, filters, { sort, dir })} LIMIT ${size} OFFSET ${(page - 1) * size}`,
    ctx.db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM "Job" j WHERE ${whereJobs(ctx.accountId, filters)}`,
  ]);
  return {
    jobs: await readJobRows(
      ctx,
      ids.map((row) => row.id),
    ),
    total: Number(counted?.total ?? 0),
  };
}
