import { route } from "#lib/http/route.ts";
import { limitsSchema } from "#lib/jobs/limits-schema.ts";
import { updateJobLimits } from "#lib/jobs/update-job-limits.ts";

/** Takes both caps; null lifts one. */
export const PUT = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const limits = limitsSchema.parse(await body());
  await updateJobLimits(ctx, { jobId: params.jobId, limits });
  return {};
});
