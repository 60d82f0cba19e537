import { route } from "#lib/http/route.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { confirmJobSchema } from "#lib/jobs/request-schemas.ts";
import { takeBackConfirmation } from "#lib/jobs/take-back-confirmation.ts";

/** → Confirmed */
export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) =>
  confirmJob(ctx, { jobId: params.jobId, ...confirmJobSchema.parse(await body()) }),
);

export const DELETE = route<{ jobId: string }>(async ({ ctx, params }) => {
  await takeBackConfirmation(ctx, { jobId: params.jobId });
  return {};
});
