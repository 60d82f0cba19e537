import { recordAudit } from "../../audit/record-audit.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../../jobs/context.ts";
import { maxNewKeysPerDay } from "../../limits.ts";
import { demand } from "../permissions.ts";
import { sealSecret } from "../stored-secrets.ts";
import { accessKeySchema, maxActiveKeys } from "./access-key-schema.ts";
import type { NewAccessKey } from "./access-key-views.ts";
import { newKeyPair } from "./new-key-pair.ts";
import { toAccessKeyView, withOwner } from "./to-access-key-view.ts";

/**
 * Makes a key of the caller's own. Its secret is in the answer, and never told again.
 * @throws AppError Forbidden, Conflict (too many active keys); ZodError
 */
export async function createAccessKey(ctx: Context, input: unknown): Promise<NewAccessKey> {
  demand(ctx, "access-key.own");
  const { userId } = ctx.caller;
  if (userId === null) throw new AppError("Forbidden", "Only a person can have access keys.");
  const { name } = accessKeySchema.parse(input);
  const { accessKeyId, secretAccessKey } = newKeyPair();
  const secretEncrypted = sealSecret(secretAccessKey);
  const row = await ctx.db.$transaction(async (tx) => {
    // One at a time per person, so that two requests at once cannot both be the last one allowed.
    const owner = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "User" WHERE id = ${userId} FOR UPDATE`;
    if (owner.length === 0) throw new AppError("Unauthenticated", "Your account has been removed.");
    const active = await tx.accessKey.count({ where: { userId, revokedAt: null } });
    if (active >= maxActiveKeys)
      throw new AppError(
        "Conflict",
        `You have ${active} active access keys, and no more than ${maxActiveKeys} are allowed. Revoke one that is not needed any more first.`,
      );
    const today = await tx.accessKey.count({ where: { userId, createdAt: { gt: new Date(ctx.now().getTime() - 24 * 3600 * 1000) } } });
    if (today >= maxNewKeysPerDay)
      throw new AppError(
        "TooManyRequests",
        `You have made ${today} access keys in the last 24 hours, and no more than ${maxNewKeysPerDay} are allowed. Use one that you have.`,
      );
    const made = await tx.accessKey.create({ data: { id: accessKeyId, secretEncrypted, name, userId, createdAt: ctx.now() }, include: withOwner });
    const target = { type: "access key", id: accessKeyId, name } as const;
    await recordAudit(tx, ctx, { action: "access-key.create", target, after: { name, owner: made.user.email } });
    return made;
  });
  return { ...toAccessKeyView(row, ctx.caller), secretAccessKey };
}
