import { recordAudit } from "../audit/record-audit.ts";
import { createPerson } from "../auth/create-person.ts";
import { AppError } from "../errors.ts";
import { lockPeople } from "./lock-people.ts";
import type { OpenContext } from "./open-context.ts";
import { linkWords, openInvitation } from "./open-link.ts";
import { acceptInvitationSchema } from "./person-schemas.ts";

/**
 * Makes the person that an invitation was for, with a name and a password of their own choice. They sign in with them next.
 * @throws AppError Conflict (the link is wrong, used, withdrawn or expired; passwords are off); ZodError
 */
export async function acceptInvitation(ctx: OpenContext, input: unknown): Promise<{ email: string }> {
  const { token, name, password } = acceptInvitationSchema.parse(input);
  return ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const opened = await openInvitation(tx, token, ctx.now());
    if (opened.state !== "open") throw new AppError("Conflict", linkWords.invitation[opened.state]);
    const { id, email, role } = opened;
    if (!ctx.passwordsAllowed && role !== "admin")
      throw new AppError("Conflict", "Nobody but administrators signs in with a password here. Use the button of your organization’s sign-in.");
    const { userId } = await createPerson(tx, { email, password, name, role });
    await tx.invitation.update({ where: { id }, data: { acceptedAt: ctx.now() } });
    const caller = { userId, name: email, role };
    await recordAudit(tx, { ...ctx, caller }, { action: "person.join", target: { type: "person", id: userId, name: email }, after: { email, name, role } });
    return { email };
  });
}
