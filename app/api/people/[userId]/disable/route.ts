import { route } from "#lib/http/route.ts";
import { disablePerson } from "#lib/people/disable-person.ts";
import type { PersonParams } from "../person-params.ts";

export const POST = route<PersonParams>(({ ctx, params }) => disablePerson(ctx, params.userId));
