import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { type Delivery, deliverLink, invitationPath } from "./deliver-link.ts";
import { invitationDays } from "./invite-person.ts";
import { newLinkToken } from "./link-token.ts";
import { lockPeople } from "./lock-people.ts";
import type { LinkView } from "./person-views.ts";
import { demandPending } from "./withdraw-invitation.ts";

/** A new link for somebody who is invited, in place of the one before, which leads nowhere afterwards. @throws AppError Forbidden, NotFound */
export async function renewInvitation(ctx: Context, invitationId: string, delivery: Delivery): Promise<LinkView> {
  demand(ctx, "person.write");
  const { token, tokenHash } = newLinkToken();
  const expiresAt = new Date(ctx.now().getTime() + invitationDays * 24 * 60 * 60_000);
  const email = await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const { email, ...before } = await demandPending(tx, invitationId);
    await tx.invitation.update({ where: { id: invitationId }, data: { tokenHash, expiresAt } });
    const target = { type: "person", id: invitationId, name: email } as const;
    await recordAudit(tx, ctx, { action: "person.invite", target, before: { expiresAt: before.expiresAt }, after: { expiresAt }, detail: "A new link" });
    return email;
  });
  return deliverLink(delivery, { kind: "invitation", email, by: ctx.caller.name, path: invitationPath(token), expiresAt });
}
