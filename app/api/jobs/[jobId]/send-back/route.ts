import { route } from "#lib/http/route.ts";
import { sendBackJobSchema } from "#lib/jobs/conversation.ts";
import { sendBackJob } from "#lib/jobs/send-back-job.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  await sendBackJob(ctx, { jobId: params.jobId, ...sendBackJobSchema.parse(await body()) });
  return {};
});
