import { route } from "#lib/http/route.ts";
import { readJobTail } from "#lib/jobs/job-tail.ts";

/** → JobTailView. Asked again every few seconds, it has the workers tell of tasks that have ended. */
export const GET = route<{ jobId: string }>(async ({ ctx, params }) => readJobTail(ctx, params.jobId));
