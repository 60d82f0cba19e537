import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { deviceOf } from "./device-of.ts";
import { noSuchPerson } from "./lock-people.ts";
import type { SessionView } from "./person-views.ts";

/** The open sessions of a person, the last used first. Of others: for admins. @throws AppError Forbidden, NotFound */
export async function listSessions(ctx: Context, userId: string | null): Promise<SessionView[]> {
  const own = userId === ctx.caller.userId;
  demand(ctx, own ? "account.own" : "person.read");
  if (userId === null || (!own && (await ctx.db.user.count({ where: { id: userId } })) === 0)) throw noSuchPerson();
  const sessions = await ctx.db.session.findMany({ where: { userId, expiresAt: { gt: ctx.now() } } });
  return sessions
    .map(({ id, userAgent, ipAddress, createdAt, lastSeenAt, expiresAt }) => ({
      id,
      device: deviceOf(userAgent),
      address: ipAddress || null,
      createdAt: createdAt.toISOString(),
      lastSeenAt: (lastSeenAt ?? createdAt).toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: id === ctx.caller.session?.id,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));
}
