import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { type Delivery, deliverLink, passwordResetPath } from "./deliver-link.ts";
import { newLinkToken } from "./link-token.ts";
import { lockPeople, noSuchPerson } from "./lock-people.ts";
import type { LinkView } from "./person-views.ts";

const hours = 24;

/**
 * A link by which a person chooses a new password, in the place of those made before. Until it is used, all stays as it is.
 * @throws AppError Forbidden, NotFound, Conflict (disabled; passwords are off)
 */
export async function askPasswordReset(ctx: Context, userId: string, delivery: Delivery): Promise<LinkView> {
  demand(ctx, "person.write");
  const now = ctx.now();
  const { token, tokenHash } = newLinkToken();
  const expiresAt = new Date(now.getTime() + hours * 60 * 60_000);
  const email = await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await tx.user.findUnique({ where: { id: userId }, select: { email: true, role: true, disabledAt: true } });
    if (!person) throw noSuchPerson();
    if (person.disabledAt) throw new AppError("Conflict", "This person is disabled. Enable them first.");
    if (env().LONGSHORE_PASSWORD_SIGN_IN === "off" && person.role !== "admin")
      throw new AppError("Conflict", "Nobody but administrators signs in with a password here (LONGSHORE_PASSWORD_SIGN_IN).");
    await tx.passwordReset.updateMany({ where: { userId, usedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } });
    await tx.passwordReset.create({ data: { userId, tokenHash, createdAt: now, createdBy: ctx.caller.name, expiresAt } });
    await recordAudit(tx, ctx, { action: "person.reset", target: { type: "person", id: userId, name: person.email }, after: { expiresAt } });
    return person.email;
  });
  return deliverLink(delivery, { kind: "reset", email, by: ctx.caller.name, path: passwordResetPath(token), expiresAt });
}
