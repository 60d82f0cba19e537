import { randomUUID } from "node:crypto";
import { fromPrisma } from "pg-boss";
import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { noConnection } from "../connections/conflicts.ts";
import { readId } from "../connections/read-id.ts";
import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { probeQueue } from "../jobs/queues.ts";
import type { ProbeView } from "./probe-views.ts";
import { viewProbe } from "./view-probe.ts";

/** A run that has not ended for so long was lost with its queue. */
const lostMs = 60 * 60_000;

/**
 * Hands a connection to the workers to be probed. A run that waits or goes on already is the one.
 * @param anew the place changed: what was found is of another one, and a run that goes on is not wanted any more
 */
export async function askProbeIn(
  tx: Tx,
  { boss, now }: Pick<Context, "boss" | "now">,
  { connectionId, by, anew = false }: { connectionId: string; by: string; anew?: boolean },
): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Connection" WHERE id = ${connectionId}::uuid FOR UPDATE`;
  const present = await tx.probe.findUnique({ where: { connectionId } });
  const underWay = present && present.endedAt === null && now().getTime() - present.askedAt.getTime() < lostMs;
  if (underWay && !anew) return;
  const asked = { runId: randomUUID(), askedAt: now(), askedBy: by, startedAt: null, endedAt: null, failure: null };
  const forgotten = anew ? { results: [], resultsAt: null, server: null, serverSeen: null } : {};
  await tx.probe.upsert({ where: { connectionId }, create: { connectionId, ...asked }, update: { ...asked, ...forgotten } });
  await boss.send(probeQueue, { connectionId, runId: asked.runId }, { db: fromPrisma(tx) });
}

/** Asks for a new probe. @throws AppError Forbidden, NotFound */
export async function askProbe(ctx: Context, connectionId: unknown): Promise<ProbeView> {
  demand(ctx, "connection.write");
  const id = readId(connectionId, noConnection);
  return ctx.db.$transaction(async (tx) => {
    const connection = await tx.connection.findUnique({ where: { id }, select: { id: true, name: true } });
    if (!connection) throw new AppError("NotFound", noConnection);
    await recordAudit(tx, ctx, { action: "connection.probe", target: { type: "connection", ...connection } });
    await askProbeIn(tx, ctx, { connectionId: id, by: ctx.caller.name });
    return viewProbe(await tx.probe.findUnique({ where: { connectionId: id } }));
  });
}

/** What a connection's store was found to do. @throws AppError Forbidden, NotFound */
export async function describeProbe(ctx: Context, connectionId: unknown): Promise<ProbeView> {
  demand(ctx, "connection.read");
  const id = readId(connectionId, noConnection);
  const connection = await ctx.db.connection.findUnique({ where: { id }, select: { probe: true } });
  if (!connection) throw new AppError("NotFound", noConnection);
  return viewProbe(connection.probe);
}
