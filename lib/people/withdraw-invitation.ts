import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { lockPeople } from "./lock-people.ts";

/** Ends an invitation: its link leads nowhere afterwards. @throws AppError Forbidden, NotFound (none that is pending) */
export async function withdrawInvitation(ctx: Context, invitationId: string): Promise<void> {
  demand(ctx, "person.write");
  await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const { email, name, role } = await demandPending(tx, invitationId);
    await tx.invitation.update({ where: { id: invitationId }, data: { withdrawnAt: ctx.now() } });
    await recordAudit(tx, ctx, { action: "person.invite-revoke", target: { type: "person", id: invitationId, name: email }, before: { email, name, role } });
  });
}

/** An invitation that was neither taken up nor withdrawn; it may have expired. @throws AppError NotFound */
export async function demandPending(tx: Pick<Context["db"], "invitation">, invitationId: string) {
  const found = isId.test(invitationId) && (await tx.invitation.findFirst({ where: { id: invitationId, acceptedAt: null, withdrawnAt: null } }));
  if (!found) throw new AppError("NotFound", "There is no such invitation any more: it was accepted or withdrawn. Reload the page.");
  return found;
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
