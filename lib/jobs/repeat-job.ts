import { z } from "zod";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Tag } from "../operations/tags.ts";
import type { Context } from "./context.ts";
import { createJob } from "./create-job.ts";
import { jobDefinitionSchema } from "./job-schema.ts";
import { isUuid } from "./move-job.ts";

export const repeatJobSchema = z.strictObject({
  /** Whether the new job only reads. */
  dryRun: z.boolean(),
  /** Names the wish: a second press makes no second job. */
  ClientRequestToken: z.string().min(1).max(64),
});
type RepeatJobInput = z.infer<typeof repeatJobSchema> & { jobId: string };

/**
 * Makes a job of another one's definition, as a dry run of it or for real. It is prepared, checked and confirmed as any other.
 * @throws AppError NotFound, Forbidden, InvalidRequest, Idempotency
 */
export async function repeatJob(ctx: Context, { jobId, dryRun, ClientRequestToken }: RepeatJobInput): Promise<{ jobId: string }> {
  demand(ctx, "job.create");
  const job = isUuid(jobId) ? await ctx.db.job.findFirst({ where: { id: jobId, accountId: ctx.accountId } }) : null;
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  const { DryRun: _before, ...definition } = jobDefinitionSchema.parse(job.definition);
  const request = {
    ...definition,
    ...(dryRun && { DryRun: true }),
    Priority: job.priority,
    ...(job.description !== "" && { Description: job.description }),
    Tags: job.tags as unknown as Tag[],
    ConfirmationRequired: true,
    ClientRequestToken,
  };
  return createJob(ctx, request, { repeats: jobId });
}
