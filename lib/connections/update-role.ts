import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { roleFields, roleTarget } from "./audited.ts";
import { noRole, orConflict } from "./conflicts.ts";
import { roleUpdateSchema } from "./connection-schema.ts";
import type { RoleView } from "./connection-views.ts";
import { demandOwnAccount, roleConflicts } from "./create-role.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { forRoleView, toRoleView } from "./list-roles.ts";
import { setPassers } from "./pass-role.ts";
import { readId } from "./read-id.ts";
import { roleColumns } from "./role-columns.ts";
import { demandNoUnfinishedJobs } from "./unfinished-jobs.ts";

/**
 * Takes all values; without a secret the stored one stays.
 * @throws AppError Forbidden, NotFound, Conflict (the ARN is taken, or unfinished jobs run with it), InvalidRequest; ZodError
 */
export async function updateRole(ctx: Context, roleId: unknown, input: unknown): Promise<RoleView> {
  demand(ctx, "connection.write");
  const id = readId(roleId, noRole);
  const { arn, connectionId, passers, ...values } = roleUpdateSchema.parse(input);
  const present = await ctx.db.executionRole.findUnique({ where: { id } });
  if (!present) throw new AppError("NotFound", noRole);
  if (arn !== present.arn) demandOwnAccount(ctx, arn);
  if (values.assumeRole?.stsEndpoint) await demandEndpoint(values.assumeRole.stsEndpoint, "assumeRole.stsEndpoint");
  const row = await orConflict(roleConflicts(arn), () =>
    ctx.db.$transaction(async (tx) => {
      if (arn !== present.arn || connectionId !== present.connectionId) {
        await demandNoUnfinishedJobs(tx, { id }, "the role's ARN and its connection");
      }
      await tx.$queryRaw`SELECT 1 FROM "ExecutionRole" WHERE id = ${id}::uuid FOR UPDATE`;
      const before = await tx.executionRole.findUniqueOrThrow({ where: { id }, include: forRoleView });
      // Of what is stored now: somebody else may have given it another secret since it was read.
      const data = { arn, connectionId, ...roleColumns(values, before) };
      if (passers !== undefined) await setPassers(tx, id, passers);
      const after = await tx.executionRole.update({ where: { id }, data, include: forRoleView });
      await recordAudit(tx, ctx, { action: "role.update", target: roleTarget(after), before: roleFields(before), after: roleFields(after) });
      return after;
    }),
  );
  return toRoleView(ctx, row);
}
