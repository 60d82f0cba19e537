import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { connectionFields, connectionTarget } from "./audited.ts";
import { counted, noConnection, orConflict } from "./conflicts.ts";
import { readId } from "./read-id.ts";

/** @throws AppError Forbidden, NotFound, Conflict (roles use it) */
export async function deleteConnection(ctx: Context, connectionId: unknown): Promise<void> {
  demand(ctx, "connection.write");
  const id = readId(connectionId, noConnection);
  const roles = await ctx.db.executionRole.count({ where: { connectionId: id } });
  const referred = `The connection is used by ${counted(Math.max(roles, 1), "execution role")}. Delete ${roles > 1 ? "them" : "it"} first, or give ${roles > 1 ? "them" : "it"} another connection.`;
  await orConflict({ referred, missing: noConnection }, () =>
    ctx.db.$transaction(async (tx) => {
      const gone = await tx.connection.delete({ where: { id } });
      await recordAudit(tx, ctx, { action: "connection.delete", target: connectionTarget(gone), before: connectionFields(gone) });
    }),
  );
}
