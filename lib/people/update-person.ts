import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { demandAnotherAdmin, demandSomebodyElse, lockPeople, noSuchPerson } from "./lock-people.ts";
import { updatePersonSchema } from "./person-schemas.ts";

/**
 * Changes a person's name or role. A role counts from their next request on.
 * @throws AppError Forbidden, NotFound, Conflict (their own role; the last admin's); ZodError
 */
export async function updatePerson(ctx: Context, userId: string, input: unknown): Promise<void> {
  demand(ctx, "person.write");
  const values = updatePersonSchema.parse(input);
  await ctx.db.$transaction(async (tx) => {
    await lockPeople(tx);
    const before = await tx.user.findUnique({ where: { id: userId }, select: { email: true, name: true, role: true, disabledAt: true } });
    if (!before) throw noSuchPerson();
    const after = { name: values.name ?? before.name, role: values.role ?? before.role };
    if (after.role !== before.role) {
      demandSomebodyElse(ctx, userId, "change the role of");
      if (before.role === "admin" && before.disabledAt === null) await demandAnotherAdmin(tx, userId);
    }
    if (after.role === before.role && after.name === before.name) return;
    await tx.user.update({ where: { id: userId }, data: after });
    const action = after.role === before.role ? "person.update" : "person.role";
    const target = { type: "person", id: userId, name: before.email } as const;
    await recordAudit(tx, ctx, { action, target, before: { name: before.name, role: before.role }, after });
  });
}
