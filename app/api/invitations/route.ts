import { env } from "#lib/env.ts";
import { consoleOrigin } from "#lib/http/console-origin.ts";
import { route } from "#lib/http/route.ts";
import { mailerOf } from "#lib/notifications/mailer.ts";
import { invitePerson } from "#lib/people/invite-person.ts";

export const POST = route(async ({ ctx, request, body }) =>
  invitePerson(ctx, await body(), { origin: consoleOrigin(request.headers), mailer: mailerOf(env()) }),
);
