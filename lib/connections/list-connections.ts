import { demand } from "../auth/permissions.ts";
import type { Connection } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import type { ConnectionView } from "./connection-views.ts";

type Row = Connection & { _count: { roles: number } };

export const withRoles = { _count: { select: { roles: true } } } as const;

export const toConnectionView = ({ id, name, endpoint, region, addressing, accessKeyId, workBucket, workPrefix, _count }: Row): ConnectionView => ({
  id,
  name,
  endpoint,
  region,
  addressing,
  accessKeyId,
  workBucket,
  workPrefix,
  roles: _count.roles,
});

/** All connections, by name. @throws AppError Forbidden */
export async function listConnections(ctx: Context): Promise<ConnectionView[]> {
  demand(ctx, "connection.read");
  const rows = await ctx.db.connection.findMany({ include: withRoles, orderBy: { name: "asc" } });
  return rows.map(toConnectionView);
}
