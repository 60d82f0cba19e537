import { route } from "#lib/http/route.ts";
import { repeatJob, repeatJobSchema } from "#lib/jobs/repeat-job.ts";

/** → {jobId} of the new job */
export const POST = route<{ jobId: string }>(async ({ ctx, params, body }) => repeatJob(ctx, { jobId: params.jobId, ...repeatJobSchema.parse(await body()) }));
