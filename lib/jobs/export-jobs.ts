import type { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { csvLine } from "../csv/csv-line.ts";
import type { Tag } from "../operations/tags.ts";
import type { Context } from "./context.ts";
import { jobFiltersSchema } from "./job-filters.ts";
import { readJobRows } from "./job-rows.ts";
import type { JobRow } from "./job-views.ts";
import { jobOrderSchema, selectJobIds } from "./list-jobs.ts";

export const exportJobsSchema = jobFiltersSchema.extend(jobOrderSchema.shape);

const columns: readonly [string, (job: JobRow, tags: readonly Tag[]) => string | number | null][] = [
  ["Id", (job) => job.id],
  ["Status", (job) => job.status],
  ["Description", (job) => job.description],
  ["Operation", (job) => job.operation],
  ["Dry run", (job) => (job.dryRun ? "yes" : "no")],
  ["Objects", (job) => job.totalTasks],
  ["Succeeded", (job) => job.succeededTasks],
  ["Failed", (job) => job.failedTasks],
  ["Priority", (job) => job.priority],
  ["Created", (job) => job.createdAt],
  ["Created by", (job) => job.createdBy],
  ["Finished", (job) => job.terminatedAt],
  ["Active seconds", (job) => Math.round(job.activeSeconds * 1000) / 1000],
  ["Role", (job) => job.role.arn],
  ["Connection", (job) => job.connection.name],
  ["Tags", (_job, tags) => tags.map(({ Key, Value }) => `${Key}=${Value}`).join("; ")],
];

const batch = 500;

/**
 * All jobs that match as CSV, in the list's order, in pieces: a header, then some hundred lines at a time. Which jobs they are is
 * settled at the beginning, so that one made meanwhile neither repeats nor hides another.
 * @throws AppError Forbidden; ZodError when the query is wrong: before the first piece
 */
export async function exportJobs(ctx: Context, query: z.input<typeof exportJobsSchema>): Promise<AsyncGenerator<string>> {
  demand(ctx, "job.read");
  const { sort, dir, ...filters } = exportJobsSchema.parse(query);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>(selectJobIds(ctx.accountId, filters, { sort, dir }));
  await recordAudit(ctx.db, ctx, { action: "job.export", target: { type: "job", id: null, name: null }, after: { jobs: rows.length, ...query } });
  return lines(
    ctx,
    rows.map((row) => row.id),
  );
}

/** The mark at the beginning is how spreadsheets know UTF-8. */
async function* lines(ctx: Context, ids: readonly string[]): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map(([name]) => name))}`;
  for (let at = 0; at < ids.length; at += batch) {
    const some = ids.slice(at, at + batch);
    const [jobs, tagged] = await Promise.all([readJobRows(ctx, some), ctx.db.job.findMany({ where: { id: { in: some } }, select: { id: true, tags: true } })]);
    const tagsOf = new Map(tagged.map(({ id, tags }) => [id, tags as unknown as Tag[]]));
    if (jobs.length > 0) yield jobs.map((job) => csvLine(columns.map(([, value]) => value(job, tagsOf.get(job.id) ?? [])))).join("");
  }
}
