import { route } from "#lib/http/route.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { filtersOf } from "#lib/jobs/job-filters.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { listJobs } from "#lib/jobs/list-jobs.ts";

/** The filters of lib/jobs/job-filters.ts, `sort&dir&page&size` → JobList */
export const GET = route(({ ctx, url }) => listJobs(ctx, filtersOf(url.searchParams)));

/** CreateJobInput, which the verb checks → {jobId} */
export const POST = route(async ({ ctx, body }) => createJob(ctx, (await body()) as CreateJobInput));
