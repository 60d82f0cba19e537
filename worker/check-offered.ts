import { messageOf } from "#lib/errors.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { jobDefinitionSchema } from "#lib/jobs/job-schema.ts";
import { askProbeIn } from "#lib/probe/ask-probe.ts";
import { probeTargetOf } from "#lib/probe/probe-target.ts";
import { readServer } from "#lib/probe/read-server.ts";
import { refusalOfJob } from "#lib/probe/refusals-of-job.ts";
import type { EngineContext } from "./engine-context.ts";
import type { FoundJob } from "./load-job.ts";

/**
 * A job that was made or confirmed before its store was probed is not let loose on it either.
 * @throws JobFailure in words that say what the store does
 */
export async function checkOffered(ctx: Pick<EngineContext, "db">, { job }: FoundJob): Promise<void> {
  const definition = jobDefinitionSchema.parse(job.definition);
  const refusal = await refusalOfJob(ctx.db, definition, job.manifestSample as { versionId?: string }[]);
  if (refusal !== null) throw new JobFailure("StoreNotTrusted", refusal);
}

/** A store that was replaced since it was probed may do other things: it is probed again, while what was found still holds. */
export async function noteServer(ctx: EngineContext, { connection, job }: FoundJob): Promise<void> {
  try {
    const probe = await ctx.db.probe.findUnique({ where: { connectionId: connection.id } });
    if (!probe || probe.resultsAt === null) return;
    const seen = await readServer(probeTargetOf(connection));
    if (seen === undefined || seen === probe.serverSeen) return;
    await ctx.db.$transaction(async (tx) => {
      await askProbeIn(tx, ctx, { connectionId: connection.id, by: "Longshore" });
      await tx.probe.updateMany({ where: { connectionId: connection.id }, data: { serverSeen: seen } });
    });
    ctx.log.info({ jobId: job.id, connectionId: connection.id, server: seen, before: probe.server }, "the store's server has changed; it is probed again");
  } catch (error) {
    ctx.log.warn({ jobId: job.id, connectionId: connection.id, error: messageOf(error) }, "could not look at the store's server");
  }
}
