import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { noSuchPerson } from "./lock-people.ts";
import { methodsOf } from "./methods-of.ts";
import type { AccountView } from "./person-views.ts";

/** What the caller's own page shows. @throws AppError Forbidden */
export async function readAccount(ctx: Context): Promise<AccountView> {
  demand(ctx, "account.own");
  const person = await ctx.db.user.findUnique({ where: { id: ctx.caller.userId ?? "" }, include: { accounts: { select: { providerId: true } } } });
  if (!person) throw noSuchPerson();
  const { name, email, role, createdAt, accounts } = person;
  return { name, email, role, createdAt: createdAt.toISOString(), methods: methodsOf(accounts) };
}
