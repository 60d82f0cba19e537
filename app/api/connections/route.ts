import { createConnection } from "#lib/connections/create-connection.ts";
import { listConnections } from "#lib/connections/list-connections.ts";
import { route } from "#lib/http/route.ts";

export const GET = route(({ ctx }) => listConnections(ctx));

export const POST = route(async ({ ctx, body }) => createConnection(ctx, await body()));
