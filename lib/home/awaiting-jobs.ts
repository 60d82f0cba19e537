import { can, demand } from "../auth/permissions.ts";
import { notBarred } from "../confirmation/not-barred.ts";
import { readRules } from "../confirmation/read-rules.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";

/** The jobs that wait for a confirmation, as far as they are the caller's concern: those that they can confirm, or else their own. */
export const awaitingOf = async ({ db, accountId, caller }: Pick<Context, "db" | "accountId" | "caller">): Promise<Prisma.JobWhereInput> => ({
  accountId,
  status: "Suspended",
  sentBackAt: null,
  ...(can(caller.role, "job.confirm") ? notBarred(await readRules(db), caller.userId) : { createdById: caller.userId ?? "" }),
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

/** How many jobs wait for the caller's confirmation (none for those who may not confirm), and how many of theirs were sent back. @throws AppError Forbidden */
export async function countAwaiting(ctx: Context): Promise<{ awaiting: number; sentBack: number }> {
  demand(ctx, "job.read");
  const count = async (where: Prisma.JobWhereInput) => (await ctx.db.job.findMany({ where, select: { id: true }, take: most })).length;
  const awaiting = can(ctx.caller.role, "job.confirm") ? awaitingOf(ctx).then(count) : 0;
  const [confirmable, sentBack] = await Promise.all([awaiting, count(sentBackTo(ctx))]);
  return { awaiting: confirmable, sentBack };
}
