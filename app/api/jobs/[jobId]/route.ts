import { route } from "#lib/http/route.ts";
import { describeJob } from "#lib/jobs/describe-job.ts";

/** → JobDetails */
export const GET = route<{ jobId: string }>(async ({ ctx, params }) => describeJob(ctx, params.jobId));
