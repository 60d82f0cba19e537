import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { roleFields, roleTarget } from "./audited.ts";
import { counted, noRole, orConflict } from "./conflicts.ts";
import { forRoleView } from "./list-roles.ts";
import { readId } from "./read-id.ts";

/** @throws AppError Forbidden, NotFound, Conflict (jobs name it) */
export async function deleteRole(ctx: Context, roleId: unknown): Promise<void> {
  demand(ctx, "connection.write");
  const id = readId(roleId, noRole);
  const jobs = await ctx.db.job.count({ where: { roleId: id } });
  const referred = `The role is named by ${counted(Math.max(jobs, 1), "job")}, and a job's record keeps its role. Replace the role's keys instead, so that nothing more can be done with the former ones.`;
  await orConflict({ referred, missing: noRole }, () =>
    ctx.db.$transaction(async (tx) => {
      const gone = await tx.executionRole.delete({ where: { id }, include: forRoleView });
      await recordAudit(tx, ctx, { action: "role.delete", target: roleTarget(gone), before: roleFields(gone) });
    }),
  );
}
