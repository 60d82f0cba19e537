import { verifyPassword } from "better-auth/crypto";
import { recordAudit } from "../audit/record-audit.ts";
import { giveBack, limits, takeAttempt } from "../auth/attempts/take-attempt.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { endSessions } from "./end-sessions.ts";
import { changePasswordSchema } from "./person-schemas.ts";
import { setPassword } from "./set-password.ts";

/**
 * Gives the caller another password; their other sessions end.
 * @throws AppError Forbidden, InvalidRequest (at `present`: it is not that), Conflict (has none); ZodError
 */
export async function changePassword(ctx: Context, input: unknown): Promise<void> {
  demand(ctx, "account.own");
  const { present, password } = changePasswordSchema.parse(input);
  const userId = ctx.caller.userId ?? "";
  const account = await ctx.db.account.findFirst({ where: { userId, providerId: "credential" }, select: { password: true } });
  if (!account?.password)
    throw new AppError("Conflict", "You have no password: you sign in by your organization’s provider. An administrator can make a link to choose one.");
  // Whoever sits at somebody else's session must not guess without end.
  const wait = await takeAttempt(ctx.db, limits.presentPassword, [userId], ctx.now());
  if (wait > 0) throw wrong(`was wrong too often. Wait ${wait} seconds and try again.`);
  if (!(await verifyPassword({ hash: account.password, password: present }))) throw wrong("is not the password that you have now");
  await giveBack(ctx.db, limits.presentPassword, [userId]);
  await ctx.db.$transaction(async (tx) => {
    await setPassword(tx, userId, password);
    const sessions = await endSessions(tx, userId, ctx.now(), { except: ctx.caller.session?.id ?? "" });
    const target = { type: "person", id: userId, name: ctx.caller.name } as const;
    await recordAudit(tx, ctx, { action: "person.password", target, before: { sessions }, detail: `${sessions.length} other sessions ended` });
  });
}

const wrong = (message: string): AppError => new AppError("InvalidRequest", `The present password ${message}`, [{ path: "present", message }]);
