import { can, demand, type PersonRole } from "../auth/permissions.ts";
import type { Tx } from "../db/client.ts";
import { PersonRole as roles } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import type { PasserView } from "./connection-views.ts";

/** Who may create jobs with an execution role, which AWS calls to pass it (iam:PassRole). */
interface Passed {
  passRestricted: boolean;
  passers: readonly { userId: string }[];
}

/** Whoever may create jobs, or those who are listed; administrators always, since they write the list. */
export const mayPass = (caller: { userId: string | null; role: PersonRole }, { passRestricted, passers }: Passed): boolean =>
  !passRestricted || can(caller.role, "connection.write") || passers.some(({ userId }) => userId === caller.userId);

/** @param path of the request's member that names the role @throws AppError Forbidden */
export function demandPass({ caller }: Pick<Context, "caller">, role: Passed & { arn: string }, path: string): void {
  if (mayPass(caller, role)) return;
  const message = `${caller.name} is not authorized to perform iam:PassRole on ${role.arn}: it lists who may create jobs with it. Ask an administrator, or choose another role.`;
  throw new AppError("Forbidden", message, [{ path, message }]);
}

/**
 * Writes down who may pass a role.
 * @param passers ids of people; null: whoever may create jobs
 * @throws AppError InvalidRequest
 */
export async function setPassers(tx: Tx, roleId: string, passers: readonly string[] | null): Promise<void> {
  const userIds = [...new Set(passers ?? [])];
  const known = await tx.user.count({ where: { id: { in: userIds } } });
  if (known < userIds.length) {
    const message = "Somebody on the list is no longer here. Open the role again, and choose from those who are.";
    throw new AppError("InvalidRequest", message, [{ path: "passers", message }]);
  }
  await tx.rolePasser.deleteMany({ where: { roleId } });
  await tx.rolePasser.createMany({ data: userIds.map((userId) => ({ roleId, userId })) });
  await tx.executionRole.update({ where: { id: roleId }, data: { passRestricted: passers !== null } });
}

/** People to choose from, by name: those who may create jobs, but for administrators, who may pass every role. @throws AppError Forbidden */
export async function listPassers(ctx: Context): Promise<PasserView[]> {
  demand(ctx, "connection.write");
  const choosable = Object.values(roles).filter((role) => can(role, "job.create") && !can(role, "connection.write"));
  return ctx.db.user.findMany({
    where: { role: { in: choosable }, disabledAt: null },
    select: { id: true, name: true, email: true },
    orderBy: [{ name: "asc" }, { email: "asc" }],
  });
}
