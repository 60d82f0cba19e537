import { route } from "#lib/http/route.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params }) => {
  await resumeJob(ctx, { jobId: params.jobId });
  return {};
});
