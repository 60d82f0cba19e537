import { route } from "#lib/http/route.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { cancelJobSchema } from "#lib/jobs/request-schemas.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { reason } = cancelJobSchema.parse(await body());
  await cancelJob(ctx, { jobId: params.jobId, reason });
  return {};
});
