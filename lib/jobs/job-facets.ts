import { demand } from "../auth/permissions.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import { findOperation } from "../operations/registry.ts";
import type { Context } from "./context.ts";
import { nobody } from "./job-filters.ts";

export interface FacetOption {
  /** What the filter takes. */
  value: string;
  label: string;
  /** Of all jobs of the account. */
  jobs: number;
}

/** What there is to filter by: only what some job has. */
export interface JobFacets {
  jobs: number;
  statuses: Partial<Record<JobStatus, number>>;
  operations: FacetOption[];
  creators: FacetOption[];
  roles: FacetOption[];
  connections: FacetOption[];
  /** The most used keys, with their most used values. */
  tags: { key: string; jobs: number; values: { value: string; jobs: number }[] }[];
  failures: number;
  dryRuns: number;
}

const maxTagPairs = 500;

interface Counted {
  kind: "status" | "operation" | "creator" | "role" | "connection";
  value: string | null;
  label: string | null;
  jobs: bigint;
}

/** @throws AppError Forbidden */
export async function jobFacets(ctx: Context): Promise<JobFacets> {
  demand(ctx, "job.read");
  const { accountId } = ctx;
  const [counts, [sums], tags] = await Promise.all([
    // The jobs are read once; the five counts are of what is left of them.
    ctx.db.$queryRaw<Counted[]>`
      WITH counted AS (
        SELECT j.status, j.operation, j."createdById", j."roleId", count(*) AS jobs
        FROM "Job" j WHERE j."accountId" = ${accountId} GROUP BY 1, 2, 3, 4
      )
      SELECT 'status' AS kind, status::text AS value, NULL AS label, sum(jobs)::bigint AS jobs FROM counted GROUP BY status
      UNION ALL SELECT 'operation', operation, NULL, sum(jobs)::bigint FROM counted GROUP BY operation
      UNION ALL SELECT 'creator', u.id, u.name, sum(jobs)::bigint FROM counted LEFT JOIN "User" u ON u.id = counted."createdById" GROUP BY u.id, u.name
      UNION ALL SELECT 'role', r.id::text, r.arn, sum(jobs)::bigint FROM counted JOIN "ExecutionRole" r ON r.id = counted."roleId" GROUP BY r.id, r.arn
      UNION ALL SELECT 'connection', c.id::text, c.name, sum(jobs)::bigint
        FROM counted JOIN "ExecutionRole" r ON r.id = counted."roleId" JOIN "Connection" c ON c.id = r."connectionId" GROUP BY c.id, c.name`,
    ctx.db.$queryRaw<{ jobs: bigint; failures: bigint; dryRuns: bigint }[]>`
      SELECT count(*) AS jobs, count(*) FILTER (WHERE "failedTasks" > 0 OR status IN ('Failing', 'Failed')) AS failures,
        count(*) FILTER (WHERE "dryRun") AS "dryRuns"
      FROM "Job" WHERE "accountId" = ${accountId}`,
    ctx.db.$queryRaw<{ key: string; value: string; jobs: bigint }[]>`
      SELECT tag->>'Key' AS key, tag->>'Value' AS value, count(*) AS jobs
      FROM "Job" j CROSS JOIN jsonb_array_elements(j.tags) tag
      WHERE j."accountId" = ${accountId} AND j.tags <> '[]' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${maxTagPairs}`,
  ]);
  const of = (kind: Counted["kind"], label: (row: Counted) => string = (row) => row.label ?? ""): FacetOption[] =>
    counts
      .filter((row) => row.kind === kind)
      .map((row) => ({ value: row.value ?? nobody, label: label(row), jobs: Number(row.jobs) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return {
    jobs: Number(sums?.jobs ?? 0),
    statuses: Object.fromEntries(of("status").map(({ value, jobs }) => [value, jobs])),
    operations: of("operation", (row) => findOperation(row.value ?? "").title),
    creators: of("creator", (row) => row.label ?? "Nobody who is still here"),
    roles: of("role"),
    connections: of("connection"),
    tags: byKey(tags),
    failures: Number(sums?.failures ?? 0),
    dryRuns: Number(sums?.dryRuns ?? 0),
  };
}

function byKey(pairs: readonly { key: string; value: string; jobs: bigint }[]): JobFacets["tags"] {
  const keys = new Map<string, JobFacets["tags"][number]>();
  for (const { key, value, jobs } of pairs) {
    const entry = keys.get(key) ?? { key, jobs: 0, values: [] };
    entry.jobs += Number(jobs);
    entry.values.push({ value, jobs: Number(jobs) });
    keys.set(key, entry);
  }
  return [...keys.values()];
}
