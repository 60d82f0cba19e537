import { fromPrisma } from "pg-boss";
import type { Connection, Prisma } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import { probeQueue, wasHeld } from "../jobs/queues.ts";
import type { ProbeReport } from "./run-probe.ts";

type EngineContext = Pick<Context, "db" | "boss" | "now">;

/** The pg-boss item that a prober holds. */
export interface ProbeLease {
  id: string;
  retryCount: number;
  connectionId: string;
  runId: string;
}

/** @returns null when another run was asked for meanwhile, or the connection is gone */
export async function beginProbe(ctx: EngineContext, { connectionId, runId }: ProbeLease): Promise<Connection | null> {
  const { count } = await ctx.db.probe.updateMany({ where: { connectionId, runId, endedAt: null }, data: { startedAt: ctx.now() } });
  return count === 0 ? null : ctx.db.connection.findUnique({ where: { id: connectionId } });
}

/** Keeps what was found, in the transaction that ends the lease: a prober that lost it, or that nobody wants any more, changes nothing. */
export const finishProbe = (ctx: EngineContext, lease: ProbeLease, { results, server, versioned, locks }: ProbeReport): Promise<void> =>
  endRun(ctx, lease, {
    results: results as unknown as Prisma.InputJsonValue,
    resultsAt: ctx.now(),
    failure: null,
    versioned,
    locks,
    server,
    serverSeen: server,
  });

/** Says why nothing was found; what an earlier run found stays. */
export const failProbe = (ctx: EngineContext, lease: ProbeLease, failure: string): Promise<void> => endRun(ctx, lease, { failure });

async function endRun(ctx: EngineContext, { id, retryCount, connectionId, runId }: ProbeLease, data: Prisma.ProbeUpdateManyMutationInput): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const settled = await ctx.boss.complete(probeQueue, { id, retryCount }, null, { db: fromPrisma(tx) });
    if (wasHeld(settled)) await tx.probe.updateMany({ where: { connectionId, runId }, data: { ...data, endedAt: ctx.now() } });
  });
}
