import type { z } from "zod";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { changeJobs, type changeJobsSchema } from "#lib/jobs/change-jobs.ts";

/** {jobIds, change}, which the verb checks → ChangesMade */
export const POST = route(async ({ ctx, body }) => changeJobs(ctx, (await body()) as z.input<typeof changeJobsSchema>), costly);
