import { createRole } from "#lib/connections/create-role.ts";
import { listRoles } from "#lib/connections/list-roles.ts";
import { route } from "#lib/http/route.ts";

export const GET = route(({ ctx }) => listRoles(ctx));

export const POST = route(async ({ ctx, body }) => createRole(ctx, await body()));
