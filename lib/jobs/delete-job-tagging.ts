import type { Context } from "./context.ts";
import { putJobTagging } from "./put-job-tagging.ts";

/** Takes all tags from the job. @throws AppError NotFound, Forbidden */
export const deleteJobTagging = (ctx: Context, jobId: string): Promise<void> => putJobTagging(ctx, { jobId, tags: [] });
