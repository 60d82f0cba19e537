import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { noSuchPerson } from "./lock-people.ts";
import { updateAccountSchema } from "./person-schemas.ts";

/** Changes the caller's own name. @throws AppError Forbidden; ZodError */
export async function updateAccount(ctx: Context, input: unknown): Promise<void> {
  demand(ctx, "account.own");
  const after = updateAccountSchema.parse(input);
  const userId = ctx.caller.userId ?? "";
  await ctx.db.$transaction(async (tx) => {
    const before = await tx.user.findUnique({ where: { id: userId }, select: { name: true } });
    if (!before) throw noSuchPerson();
    if (before.name === after.name) return;
    await tx.user.update({ where: { id: userId }, data: after });
    await recordAudit(tx, ctx, { action: "person.update", target: { type: "person", id: userId, name: ctx.caller.name }, before, after });
  });
}
