import { route } from "#lib/http/route.ts";
import { updatePerson } from "#lib/people/update-person.ts";
import type { PersonParams } from "./person-params.ts";

export const PATCH = route<PersonParams>(async ({ ctx, params, body }) => updatePerson(ctx, params.userId, await body()));
