import { z } from "zod";
import { route } from "#lib/http/route.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { statusUpdateReasonSchema } from "#lib/jobs/job-schema.ts";

const body = z.strictObject({ reason: statusUpdateReasonSchema });

export const POST = route<{ jobId: string }>(async ({ ctx, params, request }) => {
  const { reason } = body.parse(await request.json());
  await cancelJob(ctx, { jobId: params.jobId, reason });
  return {};
});
