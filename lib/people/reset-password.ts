import { recordAudit } from "../audit/record-audit.ts";
import { AppError } from "../errors.ts";
import { endSessions } from "./end-sessions.ts";
import { lockPeople } from "./lock-people.ts";
import type { OpenContext } from "./open-context.ts";
import { linkWords, openPasswordReset } from "./open-link.ts";
import { resetPasswordSchema } from "./person-schemas.ts";
import { setPassword } from "./set-password.ts";

/**
 * Gives a person the password that they chose by a link; all their sessions end. They sign in with it next.
 * @throws AppError Conflict (the link is wrong, used or expired); ZodError
 */
export async function resetPassword(ctx: OpenContext, input: unknown): Promise<{ email: string }> {
  const { token, password } = resetPasswordSchema.parse(input);
  return ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const opened = await openPasswordReset(tx, token, ctx.now());
    if (opened.state !== "open") throw new AppError("Conflict", linkWords.reset[opened.state]);
    const { id, userId, email } = opened;
    await tx.passwordReset.update({ where: { id }, data: { usedAt: ctx.now() } });
    await setPassword(tx, userId, password);
    const sessions = await endSessions(tx, userId, ctx.now());
    const { role } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true } });
    const caller = { userId, name: email, role };
    const target = { type: "person", id: userId, name: email } as const;
    await recordAudit(tx, { ...ctx, caller }, { action: "person.password", target, before: { sessions }, detail: "By a link" });
    return { email };
  });
}
