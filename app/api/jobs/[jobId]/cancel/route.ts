import { z } from "zod";
import { route } from "#lib/http/route.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { statusUpdateReasonSchema } from "#lib/jobs/job-schema.ts";

const inputSchema = z.strictObject({ reason: statusUpdateReasonSchema });

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  const { reason } = inputSchema.parse(await body());
  await cancelJob(ctx, { jobId: params.jobId, reason });
  return {};
});
