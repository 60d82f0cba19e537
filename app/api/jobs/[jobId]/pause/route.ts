import { route } from "#lib/http/route.ts";
import { pauseJob } from "#lib/jobs/pause-job.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params }) => {
  await pauseJob(ctx, { jobId: params.jobId });
  return {};
});
