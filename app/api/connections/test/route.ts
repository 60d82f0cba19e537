import { testConnection } from "#lib/connections/test-connection.ts";
import { costly } from "#lib/http/budgets.ts";
import { route } from "#lib/http/route.ts";

export const POST = route(async ({ ctx, body }) => testConnection(ctx, await body()), costly);
