import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { endSessions } from "./end-sessions.ts";
import { noSuchPerson } from "./lock-people.ts";

/**
 * Ends sessions of a person: one, or all; of the caller's own all but the one that asks. Of others: for admins.
 * @param sessionId null: all
 * @throws AppError Forbidden, NotFound (no such session of that person)
 */
export async function revokeSessions(ctx: Context, userId: string | null, sessionId: string | null): Promise<void> {
  const own = userId === ctx.caller.userId;
  demand(ctx, own ? "account.own" : "person.write");
  await ctx.db.$transaction(async (tx) => {
    const person = userId === null ? null : await tx.user.findUnique({ where: { id: userId }, select: { id: true, email: true } });
    if (!person) throw noSuchPerson();
    const which = sessionId !== null ? { only: sessionId } : own ? { except: ctx.caller.session?.id ?? "" } : {};
    const sessions = await endSessions(tx, person.id, ctx.now(), which);
    if (sessions.length === 0 && sessionId !== null) throw new AppError("NotFound", "That session has ended already. Reload the page.");
    if (sessions.length === 0) return;
    const target = { type: "person", id: person.id, name: person.email } as const;
    await recordAudit(tx, ctx, { action: "session.revoke", target, before: { sessions }, detail: `${sessions.length} of them` });
  });
}
