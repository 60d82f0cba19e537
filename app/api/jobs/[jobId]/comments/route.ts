import { route } from "#lib/http/route.ts";
import { commentOnJob } from "#lib/jobs/comment-on-job.ts";
import { commentOnJobSchema } from "#lib/jobs/conversation.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  await commentOnJob(ctx, { jobId: params.jobId, ...commentOnJobSchema.parse(await body()) });
  return {};
});
