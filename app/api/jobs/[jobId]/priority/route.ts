import { route } from "#lib/http/route.ts";
import { updateJobPrioritySchema } from "#lib/jobs/request-schemas.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { priority } = updateJobPrioritySchema.parse(await body());
  await updateJobPriority(ctx, { jobId: params.jobId, priority });
  return {};
});
