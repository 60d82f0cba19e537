import type { Context } from "../jobs/context.ts";
import type { Start } from "./home-views.ts";

/** As the launcher names the role of the sandbox. */
const sandboxRole = ":role/longshore-sandbox";

/** What there is for a first job; null once there is one. */
export async function describeStart(ctx: Context): Promise<Start | null> {
  const job = await ctx.db.job.findFirst({ where: { accountId: ctx.accountId }, select: { id: true } });
  if (job) return null;
  const [connections, roles, sandbox] = await Promise.all([
    ctx.db.connection.count(),
    ctx.db.executionRole.count(),
    ctx.db.executionRole.findFirst({ where: { arn: { endsWith: sandboxRole } }, select: { id: true } }),
  ]);
  return { connections, roles, sample: sandbox !== null };
}
