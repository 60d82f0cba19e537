import type { Context } from "../../jobs/context.ts";
import { can, demand } from "../permissions.ts";
import type { AccessKeyView } from "./access-key-views.ts";
import { toAccessKeyView, withOwner } from "./to-access-key-view.ts";

/** Revoked keys are shown for as long as jobs are kept. */
const shownAfterRevocationMs = 90 * 24 * 60 * 60_000;

/** Active ones come first, so that none of those is left out before there are hundreds of people. */
const maxListed = 1000;

/** The caller's own keys, and for admins everybody's: active ones before revoked ones, newest first. @throws AppError Forbidden */
export async function listAccessKeys(ctx: Context): Promise<AccessKeyView[]> {
  demand(ctx, "access-key.own");
  const mine = can(ctx.caller.role, "access-key.any") ? {} : { userId: ctx.caller.userId ?? "" };
  const rows = await ctx.db.accessKey.findMany({
    where: { ...mine, OR: [{ revokedAt: null }, { revokedAt: { gt: new Date(ctx.now().getTime() - shownAfterRevocationMs) } }] },
    include: withOwner,
    take: maxListed,
    orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
  });
  return rows.map((row) => toAccessKeyView(row, ctx.caller));
}
