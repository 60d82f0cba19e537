import { route } from "#lib/http/route.ts";
import { listPeople } from "#lib/people/list-people.ts";

export const GET = route(({ ctx }) => listPeople(ctx));
