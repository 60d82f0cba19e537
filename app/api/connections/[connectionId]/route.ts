import { deleteConnection } from "#lib/connections/delete-connection.ts";
import { describeConnection } from "#lib/connections/list-connections.ts";
import { updateConnection } from "#lib/connections/update-connection.ts";
import { route } from "#lib/http/route.ts";

interface Params {
  connectionId: string;
}

export const GET = route<Params>(({ ctx, params }) => describeConnection(ctx, params.connectionId));

export const PATCH = route<Params>(async ({ ctx, params, body }) => updateConnection(ctx, params.connectionId, await body()));

export const DELETE = route<Params>(({ ctx, params }) => deleteConnection(ctx, params.connectionId));
