import { route } from "#lib/http/route.ts";
import { jobFacets } from "#lib/jobs/job-facets.ts";

/** → JobFacets */
export const GET = route(({ ctx }) => jobFacets(ctx));
