import { route } from "#lib/http/route.ts";
import { readAccount } from "#lib/people/read-account.ts";
import { updateAccount } from "#lib/people/update-account.ts";

export const GET = route(({ ctx }) => readAccount(ctx));

export const PATCH = route(async ({ ctx, body }) => updateAccount(ctx, await body()));
