import { recordAudit } from "../../audit/record-audit.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../../jobs/context.ts";
import { can, demand } from "../permissions.ts";
import { isAccessKeyId } from "./new-key-pair.ts";

/**
 * Ends an access key for good and forgets its secret; a revoked one stays as it is. Other people's keys are for admins: to
 * anybody else they are not there.
 * @throws AppError Forbidden, NotFound
 */
export async function revokeAccessKey(ctx: Context, accessKeyId: string): Promise<void> {
  demand(ctx, "access-key.own");
  const missing = new AppError("NotFound", "There is no such access key among those that you may revoke. Go back to the list.");
  if (!isAccessKeyId(accessKeyId)) throw missing;
  const allowed = { id: accessKeyId, ...(!can(ctx.caller.role, "access-key.any") && { userId: ctx.caller.userId ?? "" }) };
  await ctx.db.$transaction(async (tx) => {
    const key = await tx.accessKey.findFirst({ where: allowed, select: { name: true, user: { select: { email: true } } } });
    if (!key) throw missing;
    const { count } = await tx.accessKey.updateMany({ where: { ...allowed, revokedAt: null }, data: { revokedAt: ctx.now(), secretEncrypted: "" } });
    if (count === 0) return;
    const target = { type: "access key", id: accessKeyId, name: key.name } as const;
    await recordAudit(tx, ctx, { action: "access-key.revoke", target, before: { name: key.name, owner: key.user.email } });
  });
}
