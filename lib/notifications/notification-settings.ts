import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { env } from "../env.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { choicesSchema, readChoices } from "./choices.ts";
import type { NotificationSettings } from "./notification-views.ts";

/** What the caller wants to be told, and how. @throws AppError Forbidden */
export async function readNotificationSettings(ctx: Context): Promise<NotificationSettings> {
  const userId = demandPerson(ctx);
  const person = await ctx.db.user.findUniqueOrThrow({ where: { id: userId }, include: { notifications: true } });
  const { LONGSHORE_SMTP_URL, LONGSHORE_MAIL_FROM } = env();
  return {
    choices: readChoices(person.notifications, person.role),
    email: person.email,
    mailFrom: LONGSHORE_SMTP_URL === undefined ? null : (LONGSHORE_MAIL_FROM ?? null),
  };
}

/** @throws AppError Forbidden; ZodError */
export async function updateNotificationSettings(ctx: Context, input: unknown): Promise<NotificationSettings> {
  const userId = demandPerson(ctx);
  const choices = choicesSchema.parse(input);
  await ctx.db.$transaction(async (tx) => {
    const present = await tx.notificationChoice.findUnique({ where: { userId } });
    await tx.notificationChoice.upsert({ where: { userId }, create: { userId, ...choices }, update: choices });
    const target = { type: "person", id: userId, name: ctx.caller.name } as const;
    await recordAudit(tx, ctx, { action: "notification.settings", target, before: readChoices(present, ctx.caller.role), after: choices });
  });
  return readNotificationSettings(ctx);
}

function demandPerson(ctx: Context): string {
  demand(ctx, "notification.own");
  if (ctx.caller.userId === null) throw new AppError("Forbidden", "Only a person can be notified.");
  return ctx.caller.userId;
}
