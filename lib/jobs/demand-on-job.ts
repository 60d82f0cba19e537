import { canOnJob, demand, refusalOnJob, type Verb } from "../auth/permissions.ts";
import type { Tx } from "../db/client.ts";
import type { Job } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";

/**
 * Whether the caller may do that with this very job, which is locked or does not change its creator anyhow.
 * @throws AppError Forbidden, in words that say whose job it is and whom to ask
 */
export async function demandOnJob(ctx: Context, tx: Pick<Tx, "user">, verb: Verb, job: Pick<Job, "createdById">): Promise<void> {
  demand(ctx, verb);
  if (canOnJob(ctx.caller, verb, job)) return;
  const creator = job.createdById === null ? null : await tx.user.findUnique({ where: { id: job.createdById }, select: { name: true, email: true } });
  throw new AppError("Forbidden", refusalOnJob(ctx.caller.role, verb, creator && `${creator.name} (${creator.email})`));
}
