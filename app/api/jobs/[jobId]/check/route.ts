import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { askPreflight } from "#lib/preflight/ask-preflight.ts";

export const POST = route<{ jobId: string }>(async ({ ctx, params }) => {
  await askPreflight(ctx, { jobId: params.jobId });
  return {};
}, costly);
