import { openRoute } from "#lib/http/open-route.ts";
import { resetPassword } from "#lib/people/reset-password.ts";

export const POST = openRoute(resetPassword);
