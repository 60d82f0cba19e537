import { route } from "#lib/http/route.ts";
import { changePassword } from "#lib/people/change-password.ts";

export const POST = route(async ({ ctx, body }) => changePassword(ctx, await body()));
