import { route } from "#lib/http/route.ts";
import { groupJobs } from "#lib/jobs/group-jobs.ts";
import { filtersOf } from "#lib/jobs/job-filters.ts";

/** The list's filters, `sort&dir&page&size` → JobGroups */
export const GET = route(({ ctx, url }) => groupJobs(ctx, filtersOf(url.searchParams)));
