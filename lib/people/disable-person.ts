import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { endSessions } from "./end-sessions.ts";
import { demandAnotherAdmin, demandSomebodyElse, lockPeople, noSuchPerson } from "./lock-people.ts";

/**
 * Keeps a person out from now on: no sign-in, no session, no access key; links for a new password are void. Their jobs go on.
 * @throws AppError Forbidden, NotFound, Conflict (oneself; the last admin)
 */
export async function disablePerson(ctx: Context, userId: string): Promise<void> {
  demand(ctx, "person.write");
  demandSomebodyElse(ctx, userId, "disable");
  const now = ctx.now();
  await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await tx.user.findUnique({ where: { id: userId }, select: { email: true, role: true, disabledAt: true } });
    if (!person) throw noSuchPerson();
    if (person.disabledAt) return;
    if (person.role === "admin") await demandAnotherAdmin(tx, userId);
    await tx.user.update({ where: { id: userId }, data: { disabledAt: now } });
    const sessions = await endSessions(tx, userId, now);
    await tx.passwordReset.updateMany({ where: { userId, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } });
    const target = { type: "person", id: userId, name: person.email } as const;
    const before = { disabled: false, sessions };
    await recordAudit(tx, ctx, { action: "person.disable", target, before, after: { disabled: true }, detail: `${sessions.length} sessions ended` });
  });
}
