import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { lockPeople, noSuchPerson } from "./lock-people.ts";

/** Lets a person in again, as they were: password, provider and access keys. @throws AppError Forbidden, NotFound */
export async function enablePerson(ctx: Context, userId: string): Promise<void> {
  demand(ctx, "person.write");
  await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const person = await tx.user.findUnique({ where: { id: userId }, select: { email: true, disabledAt: true } });
    if (!person) throw noSuchPerson();
    if (!person.disabledAt) return;
    await tx.user.update({ where: { id: userId }, data: { disabledAt: null } });
    const target = { type: "person", id: userId, name: person.email } as const;
    await recordAudit(tx, ctx, { action: "person.enable", target, before: { disabled: true }, after: { disabled: false } });
  });
}
