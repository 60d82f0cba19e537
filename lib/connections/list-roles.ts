import { demand } from "../auth/permissions.ts";
import type { ExecutionRole, Prisma } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import { defaultSessionSeconds } from "../sts/open-role.ts";
import type { PasserView, RoleView } from "./connection-views.ts";
import { mayPass } from "./pass-role.ts";

type Row = ExecutionRole & { connection: { id: string; name: string }; passers: { userId: string; user: PasserView }[] };

/** What a role's view is made of, beside its row. */
export const forRoleView = {
  connection: { select: { id: true, name: true } },
  passers: { include: { user: { select: { id: true, name: true, email: true } } }, orderBy: { user: { name: "asc" } } },
} as const satisfies Prisma.ExecutionRoleInclude;

export const toRoleView = ({ caller }: Pick<Context, "caller">, role: Row): RoleView => ({
  id: role.id,
  arn: role.arn,
  accessKeyId: role.assumedRoleArn === null ? role.accessKeyId : (role.stsAccessKeyId ?? ""),
  assumeRole:
    role.assumedRoleArn === null
      ? null
      : {
          roleArn: role.assumedRoleArn,
          externalId: role.externalId,
          sessionSeconds: role.sessionSeconds ?? defaultSessionSeconds,
          stsEndpoint: role.stsEndpoint,
        },
  connection: role.connection,
  passers: role.passRestricted ? role.passers.map(({ user }) => user) : null,
  mayPass: mayPass(caller, role),
});

/** All execution roles, by ARN. @throws AppError Forbidden */
export async function listRoles(ctx: Context): Promise<RoleView[]> {
  demand(ctx, "connection.read");
  const rows = await ctx.db.executionRole.findMany({ include: forRoleView, orderBy: { arn: "asc" } });
  return rows.map((row) => toRoleView(ctx, row));
}
