import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { Prisma } from "../db/generated/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import type { Context } from "./context.ts";
import { jobFiltersSchema, whereJobs } from "./job-filters.ts";
import { type GroupSort, groupSorts } from "./job-sorts.ts";

export const groupJobsSchema = jobFiltersSchema.extend({
  sort: z.enum(groupSorts).default("lastCreatedAt"),
  dir: z.enum(["asc", "desc"]).default("desc"),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(100).default(25),
});

/** The jobs that match and have one description. */
export interface JobGroup {
  description: string;
  jobs: number;
  /** Sums over them, tasks of chunks under way included. */
  totalTasks: number;
  succeededTasks: number;
  failedTasks: number;
  /** When the newest was created. */
  lastCreatedAt: string;
  /** How many are in which status; what none is in is not there. */
  statuses: Partial<Record<JobStatus, number>>;
}

export interface JobGroups {
  groups: JobGroup[];
  /** Descriptions, on all pages. */
  total: number;
}

const sortColumn: Record<GroupSort, Prisma.Sql> = {
  description: Prisma.sql`lower(description)`,
  jobs: Prisma.sql`jobs`,
  totalTasks: Prisma.sql`"totalTasks"`,
  succeededTasks: Prisma.sql`"succeededTasks"`,
  failedTasks: Prisma.sql`"failedTasks"`,
  lastCreatedAt: Prisma.sql`"lastCreatedAt"`,
};

interface Row {
  description: string;
  jobs: bigint;
  totalTasks: string;
  succeededTasks: string;
  failedTasks: string;
  lastCreatedAt: Date;
  statuses: Partial<Record<JobStatus, number>>;
  total: bigint;
}

/**
 * One row per description of the jobs that match: the service's guide has people keep categories there ("Weekly Log Copy Jobs").
 * @throws AppError Forbidden; ZodError when the query is wrong
 */
export async function groupJobs(ctx: Context, query: z.input<typeof groupJobsSchema>): Promise<JobGroups> {
  demand(ctx, "job.read");
  const { sort, dir, page, size, ...filters } = groupJobsSchema.parse(query);
  const direction = dir === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  // By status first, so that a group knows how many are in which. What a preparation that did not end has read is no total.
  const rows = await ctx.db.$queryRaw<Row[]>`
    WITH matching AS (
      SELECT j.id, j.description, j.status, j."createdAt",
        CASE WHEN j."preparedAt" IS NULL AND j.status IN ('Complete', 'Cancelled', 'Failed') THEN 0 ELSE j."totalTasks" END AS "totalTasks",
        j."succeededTasks", j."failedTasks"
      FROM "Job" j WHERE ${whereJobs(ctx.accountId, filters)}
    ), live AS (
      SELECT c."jobId", sum(c."liveSucceeded") AS succeeded, sum(c."liveFailed") AS failed
      FROM matching m JOIN "Chunk" c ON c."jobId" = m.id AND c.status = 'Running'
      WHERE m.status NOT IN ('New', 'Preparing', 'Suspended', 'Complete', 'Cancelled', 'Failed')
      GROUP BY c."jobId"
    ), by_status AS (
      SELECT m.description, m.status, count(*) AS jobs, sum(m."totalTasks") AS total,
        sum(m."succeededTasks" + coalesce(l.succeeded, 0)) AS succeeded, sum(m."failedTasks" + coalesce(l.failed, 0)) AS failed,
        max(m."createdAt") AS last
      FROM matching m LEFT JOIN live l ON l."jobId" = m.id
      GROUP BY m.description, m.status
    ), grouped AS (
      SELECT description, sum(jobs)::bigint AS jobs, sum(total) AS "totalTasks", sum(succeeded) AS "succeededTasks", sum(failed) AS "failedTasks",
        max(last) AS "lastCreatedAt", jsonb_object_agg(status, jobs) AS statuses
      FROM by_status GROUP BY description
    )
    SELECT *, count(*) OVER () AS total FROM grouped
    ORDER BY ${sortColumn[sort]} ${direction}, "lastCreatedAt" DESC, description
    LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const [first] = rows;
  return {
    groups: rows.map((row) => ({
      description: row.description,
      jobs: Number(row.jobs),
      totalTasks: Number(row.totalTasks),
      succeededTasks: Number(row.succeededTasks),
      failedTasks: Number(row.failedTasks),
      lastCreatedAt: row.lastCreatedAt.toISOString(),
      statuses: row.statuses,
    })),
    // Past the last page there is no row to tell.
    total: first ? Number(first.total) : page === 1 ? 0 : await countGroups(ctx, whereJobs(ctx.accountId, filters)),
  };
}

async function countGroups(ctx: Context, where: Prisma.Sql): Promise<number> {
  const [counted] = await ctx.db.$queryRaw<{ total: bigint }[]>`SELECT count(DISTINCT j.description) AS total FROM "Job" j WHERE ${where}`;
  return Number(counted?.total ?? 0);
}
