import { route } from "#lib/http/route.ts";
import { revokeSessions } from "#lib/people/revoke-sessions.ts";
import type { PersonParams } from "../../person-params.ts";

export const DELETE = route<PersonParams & { sessionId: string }>(({ ctx, params }) => revokeSessions(ctx, params.userId, params.sessionId));
