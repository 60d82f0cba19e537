import { route } from "#lib/http/route.ts";
import { listSessions } from "#lib/people/list-sessions.ts";
import { revokeSessions } from "#lib/people/revoke-sessions.ts";
import type { PersonParams } from "../person-params.ts";

export const GET = route<PersonParams>(({ ctx, params }) => listSessions(ctx, params.userId));

export const DELETE = route<PersonParams>(({ ctx, params }) => revokeSessions(ctx, params.userId, null));
