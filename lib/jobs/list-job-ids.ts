import type { z } from "zod";
import { demand } from "../auth/permissions.ts";
import type { Context } from "./context.ts";
import { maxJobsAtOnce } from "./job-actions.ts";
import { jobFiltersSchema } from "./job-filters.ts";
import { jobOrderSchema, selectJobIds } from "./list-jobs.ts";

export const listJobIdsSchema = jobFiltersSchema.extend(jobOrderSchema.shape);

/** The first of the jobs that match, in the list's order: as many as can be changed at once. @throws AppError Forbidden; ZodError */
export async function listJobIds(ctx: Context, query: z.input<typeof listJobIdsSchema>): Promise<{ ids: string[] }> {
  demand(ctx, "job.read");
  const { sort, dir, ...filters } = listJobIdsSchema.parse(query);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`${selectJobIds(ctx.accountId, filters, { sort, dir })} LIMIT ${maxJobsAtOnce}`;
  return { ids: rows.map((row) => row.id) };
}
