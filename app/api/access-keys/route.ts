import { createAccessKey } from "#lib/auth/access-keys/create-access-key.ts";
import { listAccessKeys } from "#lib/auth/access-keys/list-access-keys.ts";
import { route } from "#lib/http/route.ts";

export const GET = route(({ ctx }) => listAccessKeys(ctx));

export const POST = route(async ({ ctx, body }) => createAccessKey(ctx, await body()));
