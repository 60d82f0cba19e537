import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";
import { sendTestMail } from "#lib/notifications/send-test-mail.ts";

/** → {to} */
export const POST = route(({ ctx }) => sendTestMail(ctx), costly);
