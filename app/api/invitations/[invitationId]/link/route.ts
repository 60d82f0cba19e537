import { env } from "#lib/env.ts";
import { consoleOrigin } from "#lib/http/console-origin.ts";
import { route } from "#lib/http/route.ts";
import { mailerOf } from "#lib/notifications/mailer.ts";
import { renewInvitation } from "#lib/people/renew-invitation.ts";

export const POST = route<{ invitationId: string }>(({ ctx, request, params }) =>
  renewInvitation(ctx, params.invitationId, { origin: consoleOrigin(request.headers), mailer: mailerOf(env()) }),
);
