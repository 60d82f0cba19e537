import { randomUUID } from "node:crypto";
import { demand } from "../auth/permissions.ts";
import { env } from "../env.ts";
import { AppError, messageOf } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { log } from "../log.ts";
import { testMessage } from "./mail-message.ts";
import { mailerOf, mailFailure } from "./mailer.ts";

/** Sends the caller a mail, to their own address and no other. @throws AppError Forbidden, Conflict (no mail server), Upstream */
export async function sendTestMail(ctx: Context, mailer = mailerOf(env())): Promise<{ to: string }> {
  demand(ctx, "notification.own");
  if (!mailer) throw new AppError("Conflict", "This installation sends no mail: LONGSHORE_SMTP_URL and LONGSHORE_MAIL_FROM are not set.");
  try {
    const { email } = await ctx.db.user.findUniqueOrThrow({ where: { id: ctx.caller.userId ?? "" }, select: { email: true } });
    await mailer.send({ ...testMessage(), to: email, id: randomUUID() }).catch((error: unknown) => {
      log.warn({ error: messageOf(error) }, "a test mail was not taken");
      throw new AppError("Upstream", `${mailFailure(error)} The console’s log has what it said.`);
    });
    return { to: email };
  } finally {
    mailer.close();
  }
}
