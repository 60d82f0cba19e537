import { demand } from "../auth/permissions.ts";
import type { ExecutionRole } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import type { RoleView } from "./connection-views.ts";

type Row = ExecutionRole & { connection: { id: string; name: string } };

export const withConnection = { connection: { select: { id: true, name: true } } } as const;

export const toRoleView = ({ id, arn, accessKeyId, connection }: Row): RoleView => ({ id, arn, accessKeyId, connection });

/** All execution roles, by ARN. @throws AppError Forbidden */
export async function listRoles(ctx: Context): Promise<RoleView[]> {
  demand(ctx, "connection.read");
  const rows = await ctx.db.executionRole.findMany({ include: withConnection, orderBy: { arn: "asc" } });
  return rows.map(toRoleView);
}
