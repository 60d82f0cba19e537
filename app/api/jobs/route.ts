import { route } from "#lib/http/route.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { listJobs, listJobsSchema } from "#lib/jobs/list-jobs.ts";

/** `?q&status=A,B&sort&dir&page&size` → JobList */
export const GET = route(async ({ ctx, url }) => {
  const { status, ...search } = Object.fromEntries(url.searchParams);
  return listJobs(
    ctx,
    listJobsSchema.parse({
      ...search,
      ...(status && { status: status.split(",") }),
    }),
  );
});

/** CreateJobInput, which the verb checks → {jobId} */
export const POST = route(async ({ ctx, body }) => createJob(ctx, (await body()) as CreateJobInput));
