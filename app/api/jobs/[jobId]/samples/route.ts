import { route } from "#lib/http/route.ts";
import { listJobSamples } from "#lib/jobs/list-job-samples.ts";

/** → JobSamples */
export const GET = route<{ jobId: string }>(async ({ ctx, params }) => listJobSamples(ctx, params.jobId));
