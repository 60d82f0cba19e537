import { env } from "#lib/env.ts";
import { consoleOrigin } from "#lib/http/console-origin.ts";
import { route } from "#lib/http/route.ts";
import { mailerOf } from "#lib/notifications/mailer.ts";
import { askPasswordReset } from "#lib/people/ask-password-reset.ts";
import type { PersonParams } from "../person-params.ts";

export const POST = route<PersonParams>(({ ctx, request, params }) =>
  askPasswordReset(ctx, params.userId, { origin: consoleOrigin(request.headers), mailer: mailerOf(env()) }),
);
