import { testRole } from "#lib/connections/test-role.ts";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";

export const POST = route(async ({ ctx, body }) => testRole(ctx, await body()), costly);
