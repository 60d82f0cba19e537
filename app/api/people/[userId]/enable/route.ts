import { route } from "#lib/http/route.ts";
import { enablePerson } from "#lib/people/enable-person.ts";
import type { PersonParams } from "../person-params.ts";

export const POST = route<PersonParams>(({ ctx, params }) => enablePerson(ctx, params.userId));
