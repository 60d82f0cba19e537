import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { type Delivery, deliverLink, invitationPath } from "./deliver-link.ts";
import { newLinkToken } from "./link-token.ts";
import { lockPeople } from "./lock-people.ts";
import { inviteSchema } from "./person-schemas.ts";
import type { LinkView } from "./person-views.ts";

export const invitationDays = 7;

/**
 * Invites somebody: their link is in the answer, and never told again.
 * @throws AppError Forbidden, InvalidRequest (at `email`: has an account or an invitation); ZodError
 */
export async function invitePerson(ctx: Context, input: unknown, delivery: Delivery): Promise<LinkView> {
  demand(ctx, "person.write");
  const { email, name, role } = inviteSchema.parse(input);
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60_000);
  const { token, tokenHash } = newLinkToken();
  await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await tx.user.findUnique({ where: { email }, select: { disabledAt: true } });
    if (person) throw taken(person.disabledAt ? "belongs to a person who is disabled. Enable them instead." : "belongs to somebody who has an account already");
    const pending = await tx.invitation.findFirst({ where: { email, acceptedAt: null, withdrawnAt: null, expiresAt: { gt: now } }, select: { id: true } });
    if (pending) throw taken("is invited already. Make a new link for that invitation, or withdraw it first.");
    // What has expired makes room for this one.
    await tx.invitation.updateMany({ where: { email, acceptedAt: null, withdrawnAt: null }, data: { withdrawnAt: now } });
    const { id } = await tx.invitation.create({ data: { email, name, role, tokenHash, createdAt: now, createdBy: ctx.caller.name, expiresAt } });
    await recordAudit(tx, ctx, { action: "person.invite", target: { type: "person", id, name: email }, after: { email, name, role, expiresAt } });
  });
  return deliverLink(delivery, { kind: "invitation", email, by: ctx.caller.name, path: invitationPath(token), expiresAt });
}

const taken = (message: string): AppError => new AppError("InvalidRequest", `The e-mail address ${message}`, [{ path: "email", message }]);
