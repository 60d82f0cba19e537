import { route } from "#lib/http/route.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { confirmJobSchema } from "#lib/jobs/request-schemas.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  await confirmJob(ctx, { jobId: params.jobId, ...confirmJobSchema.parse(await body()) });
  return {};
});
