import { can, demand } from "../auth/permissions.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";

/** The jobs that wait for a confirmation, as far as they are the caller's concern: all where they may confirm, else their own. */
export const awaitingOf = ({ accountId, caller }: Pick<Context, "accountId" | "caller">): Prisma.JobWhereInput => ({
  accountId,
  status: "Suspended",
  sentBackAt: null,
  ...(!can(caller.role, "job.confirm") && { createdById: caller.userId ?? "" }),
});

/** The caller's own jobs that a reviewer wants changed. */
export const sentBackTo = ({ accountId, caller }: Pick<Context, "accountId" | "caller">): Prisma.JobWhereInput => ({
  accountId,
  status: "Suspended",
  sentBackAt: { not: null },
  createdById: caller.userId ?? "",
});

/** How many are counted; beyond that nobody reads the number. */
const most = 100;

/** How many jobs wait for the caller's confirmation: none for those who may not confirm. @throws AppError Forbidden */
export async function countAwaiting(ctx: Context): Promise<{ awaiting: number }> {
  demand(ctx, "job.read");
  if (!can(ctx.caller.role, "job.confirm")) return { awaiting: 0 };
  const found = await ctx.db.job.findMany({ where: awaitingOf(ctx), select: { id: true }, take: most });
  return { awaiting: found.length };
}
