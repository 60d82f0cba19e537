import { route } from "#lib/http/route.ts";
import { listSessions } from "#lib/people/list-sessions.ts";
import { revokeSessions } from "#lib/people/revoke-sessions.ts";

export const GET = route(({ ctx }) => listSessions(ctx, ctx.caller.userId));

/** All but the one that asks. */
export const DELETE = route(({ ctx }) => revokeSessions(ctx, ctx.caller.userId, null));
