import { demand } from "../auth/permissions.ts";
import type { Connection, Probe } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { summarizeProbe } from "../probe/view-probe.ts";
import { viewCertificates } from "./certificates.ts";
import { noConnection } from "./conflicts.ts";
import type { ConnectionView } from "./connection-views.ts";
import { readId } from "./read-id.ts";

type Row = Connection & { _count: { roles: number }; probe: Probe | null };

export const withRoles = { _count: { select: { roles: true } }, probe: true } as const;

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
  probe: summarizeProbe(row.probe),
});

/** @throws AppError Forbidden, NotFound */
export async function describeConnection(ctx: Context, connectionId: unknown): Promise<ConnectionView> {
  demand(ctx, "connection.read");
  const row = await ctx.db.connection.findUnique({ where: { id: readId(connectionId, noConnection) }, include: withRoles });
  if (!row) throw new AppError("NotFound", noConnection);
  return toConnectionView(row);
}

/** All connections, by name. @throws AppError Forbidden */
export async function listConnections(ctx: Context): Promise<ConnectionView[]> {
  demand(ctx, "connection.read");
  const rows = await ctx.db.connection.findMany({ include: withRoles, orderBy: { name: "asc" } });
  return rows.map(toConnectionView);
}
