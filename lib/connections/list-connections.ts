import { demand } from "../auth/permissions.ts";
import type { Connection } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import { viewCertificates } from "./certificates.ts";
import type { ConnectionView } from "./connection-views.ts";

type Row = Connection & { _count: { roles: number } };

export const withRoles = { _count: { select: { roles: true } } } as const;

export const toConnectionView = (row: Row): ConnectionView => ({
  id: row.id,
  name: row.name,
  endpoint: row.endpoint,
  region: row.region,
  addressing: row.addressing,
  accessKeyId: row.accessKeyId,
  workBucket: row.workBucket,
  workPrefix: row.workPrefix,
  caCertificate: row.caCertificate,
  lambdaEndpoint: row.lambdaEndpoint,
  certificates: viewCertificates(row.caCertificate),
  limits: { maxInFlight: row.maxInFlight, maxRequestsPerSecond: row.maxRequestsPerSecond },
  roles: row._count.roles,
});

/** All connections, by name. @throws AppError Forbidden */
export async function listConnections(ctx: Context): Promise<ConnectionView[]> {
  demand(ctx, "connection.read");
  const rows = await ctx.db.connection.findMany({ include: withRoles, orderBy: { name: "asc" } });
  return rows.map(toConnectionView);
}
