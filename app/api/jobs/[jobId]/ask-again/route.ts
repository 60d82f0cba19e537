import { route } from "#lib/http/route.ts";
import { askAgain } from "#lib/jobs/ask-again.ts";
import { askAgainSchema } from "#lib/jobs/conversation.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => {
  await askAgain(ctx, { jobId: params.jobId, ...askAgainSchema.parse(await body()) });
  return {};
});
