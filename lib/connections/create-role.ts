import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { roleFields, roleTarget } from "./audited.ts";
import { noRole, orConflict } from "./conflicts.ts";
import { roleArnPattern, roleSchema } from "./connection-schema.ts";
import type { RoleView } from "./connection-views.ts";
import { demandEndpoint } from "./demand-endpoint.ts";
import { demandRoom } from "./demand-room.ts";
import { forRoleView, toRoleView } from "./list-roles.ts";
import { setPassers } from "./pass-role.ts";
import { roleColumns } from "./role-columns.ts";

/** @throws AppError Forbidden, Conflict (the ARN is taken, the connection is gone), InvalidRequest; ZodError */
export async function createRole(ctx: Context, input: unknown): Promise<RoleView> {
  demand(ctx, "connection.write");
  const { arn, connectionId, passers = null, ...values } = roleSchema.parse(input);
  demandOwnAccount(ctx, arn);
  if (values.assumeRole?.stsEndpoint) await demandEndpoint(values.assumeRole.stsEndpoint, "assumeRole.stsEndpoint");
  await demandRoom(ctx.db, "executionRole");
  const data = { arn, connectionId, ...roleColumns(values, null) };
  const row = await orConflict(roleConflicts(arn), () =>
    ctx.db.$transaction(async (tx) => {
      const { id } = await tx.executionRole.create({ data });
      await setPassers(tx, id, passers);
      const made = await tx.executionRole.findUniqueOrThrow({ where: { id }, include: forRoleView });
      await recordAudit(tx, ctx, { action: "role.create", target: roleTarget(made), after: roleFields(made) });
      return made;
    }),
  );
  return toRoleView(ctx, row);
}

/** A job's role belongs to the job's account, as with AWS. @throws AppError InvalidRequest */
export function demandOwnAccount(ctx: Context, arn: string): void {
  if (roleArnPattern.exec(arn)?.[1] === ctx.accountId) return;
  const message = `The ARN names another account. This console's account is ${ctx.accountId}: write arn:aws:iam::${ctx.accountId}:role/…`;
  throw new AppError("InvalidRequest", message, [{ path: "arn", message }]);
}

export const roleConflicts = (arn: string) => ({
  taken: { path: "arn", message: `There is a role ${arn} already. Change that one, or enter another ARN.` },
  referred: "The connection has been deleted meanwhile. Choose another one.",
  missing: noRole,
});
