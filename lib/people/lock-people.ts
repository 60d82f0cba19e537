import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";

/** One change of people at a time, until the transaction ends: two admins at once must not demote each other. */
export async function lockPeople(tx: Pick<Tx, "$executeRaw">): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('longshore people'))`;
}

/**
 * To be asked under the lock, before an admin is disabled or demoted.
 * @throws AppError Conflict when nobody could look after the installation afterwards
 */
export async function demandAnotherAdmin(tx: Pick<Tx, "user">, userId: string): Promise<void> {
  const others = await tx.user.count({ where: { role: "admin", disabledAt: null, id: { not: userId } } });
  if (others === 0) throw new AppError("Conflict", "This is the last enabled administrator. Make somebody else one first.");
}

/** @throws AppError Conflict: what admins do to themselves by accident, nobody left may be able to undo */
export function demandSomebodyElse(ctx: { caller: { userId: string | null } }, userId: string, what: string): void {
  if (ctx.caller.userId === userId) throw new AppError("Conflict", `You cannot ${what} yourself. Ask another administrator.`);
}

export const noSuchPerson = (): AppError => new AppError("NotFound", "There is no such person. Reload the page to see who is there.");
