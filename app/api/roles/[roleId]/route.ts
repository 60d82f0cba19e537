import { deleteRole } from "#lib/connections/delete-role.ts";
import { updateRole } from "#lib/connections/update-role.ts";
import { route } from "#lib/http/route.ts";

interface Params {
  roleId: string;
}

export const PATCH = route<Params>(async ({ ctx, params, body }) => updateRole(ctx, params.roleId, await body()));

export const DELETE = route<Params>(({ ctx, params }) => deleteRole(ctx, params.roleId));
