import { route } from "#lib/http/route.ts";
import { filtersOf } from "#lib/jobs/job-filters.ts";
import { listJobIds } from "#lib/jobs/list-job-ids.ts";

/** The list's filters and order → {ids}, as many as can be changed at once */
export const GET = route(({ ctx, url }) => listJobIds(ctx, filtersOf(url.searchParams)));
