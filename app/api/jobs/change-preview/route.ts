import type { z } from "zod";
import { route } from "#lib/http/route.ts";
import { foreseeChanges, type foreseeChangesSchema } from "#lib/jobs/change-jobs.ts";

/** {jobIds, action}, which the verb checks → ChangesForeseen. Changes nothing: a list of ids is too long for an address. */
export const POST = route(async ({ ctx, body }) => foreseeChanges(ctx, (await body()) as z.input<typeof foreseeChangesSchema>));
