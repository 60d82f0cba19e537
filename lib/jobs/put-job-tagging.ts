import { z } from "zod";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { type Tag, tagSetSchema } from "../operations/tags.ts";
import type { Context } from "./context.ts";
import { canonicalJson } from "./definition-digest.ts";
import { demandOnJob } from "./demand-on-job.ts";
import { jobTarget } from "./job-target.ts";
import { lockExistingJob } from "./move-job.ts";

/** S3's own limit. */
export const maxJobTags = 50;
/** Of an event's detail: a timeline has many. */
const maxDetail = 256;
const inputSchema = z.object({ Tags: tagSetSchema(maxJobTags) });

interface PutJobTaggingInput {
  jobId: string;
  tags: Tag[];
}

/**
 * Gives the job exactly these tags, in any status.
 * @throws AppError NotFound, Forbidden; ZodError when the tags break S3's rules
 */
export async function putJobTagging(ctx: Context, { jobId, tags }: PutJobTaggingInput): Promise<void> {
  demand(ctx, "job.tag");
  const { Tags } = inputSchema.parse({ Tags: tags });
  await ctx.db.$transaction(async (tx) => {
    const job = await lockExistingJob(tx, ctx.accountId, jobId);
    await demandOnJob(ctx, tx, "job.tag", job);
    if (canonicalJson(job.tags) === canonicalJson(Tags)) return;
    await tx.job.update({ where: { id: jobId }, data: { tags: Tags } });
    const detail =
      Tags.map((tag) => `${tag.Key} = ${tag.Value}`)
        .join(", ")
        .slice(0, maxDetail) || "none";
    await tx.jobEvent.create({ data: { jobId, at: ctx.now(), actor: ctx.caller.name, type: "tag", detail } });
    await recordAudit(tx, ctx, { action: "job.tags", target: jobTarget(job), before: { tags: job.tags }, after: { tags: Tags } });
  });
}
