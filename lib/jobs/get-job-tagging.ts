import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Tag } from "../operations/tags.ts";
import type { Context } from "./context.ts";
import { isUuid } from "./move-job.ts";

/** The tags of the job itself. @throws AppError NotFound, Forbidden */
export async function getJobTagging(ctx: Context, jobId: string): Promise<Tag[]> {
  demand(ctx, "job.read");
  const job = isUuid(jobId) ? await ctx.db.job.findFirst({ where: { id: jobId, accountId: ctx.accountId }, select: { tags: true } }) : null;
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  return job.tags as unknown as Tag[];
}
