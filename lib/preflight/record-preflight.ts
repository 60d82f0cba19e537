import { fromPrisma } from "pg-boss";
import { voidConfirmations } from "../confirmation/given-confirmations.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import type { StepLease } from "../jobs/finish-preparation.ts";
import { lockJob } from "../jobs/move-job.ts";
import { preflightQueue, wasHeld } from "../jobs/queues.ts";
import { errorsOf, type Preflight } from "./preflight.ts";

/**
 * Keeps what was found, in the transaction that ends the step.
 * @returns false when the step was lost or the job no longer awaits confirmation: nothing is changed then
 */
export async function recordPreflight(ctx: Pick<Context, "db" | "boss" | "now">, lease: StepLease, preflight: Preflight): Promise<boolean> {
  return ctx.db.$transaction(async (tx) => {
    const job = await lockJob(tx, lease.jobId);
    const settled = await ctx.boss.complete(preflightQueue, { id: lease.id, retryCount: lease.retryCount }, null, { db: fromPrisma(tx) });
    if (!wasHeld(settled) || job?.status !== "Suspended") return false;
    await tx.job.update({ where: { id: lease.jobId }, data: { preflight: preflight as unknown as Prisma.InputJsonValue, preflightAskedAt: null } });
    if (errorsIn(preflight) !== errorsIn(job.preflight as Preflight | null))
      await voidConfirmations(tx, lease.jobId, "the job was checked again, and other errors were found than they had seen", ctx.now());
    return true;
  });
}

const errorsIn = (preflight: Preflight | null): string =>
  JSON.stringify(
    preflight === null
      ? []
      : errorsOf(preflight)
          .map(({ check, message }) => [check, message])
          .sort(),
  );
