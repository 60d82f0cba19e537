import { route } from "#lib/http/route.ts";
import { revokeSessions } from "#lib/people/revoke-sessions.ts";

export const DELETE = route<{ sessionId: string }>(({ ctx, params }) => revokeSessions(ctx, ctx.caller.userId, params.sessionId));
