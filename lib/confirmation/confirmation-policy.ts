import { recordAudit } from "../audit/record-audit.ts";
import { demand } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { areConfirmers } from "./confirmers.ts";
import { policySchema } from "./policy-schema.ts";
import type { ConfirmationPolicyView } from "./policy-views.ts";
import { policyId, readRules, rulesOf } from "./read-rules.ts";
import { noRules } from "./rules.ts";

/** @throws AppError Forbidden */
export async function readConfirmationPolicy(ctx: Context): Promise<ConfirmationPolicyView> {
  demand(ctx, "policy.read");
  const { db } = ctx;
  const [row, confirmers] = await Promise.all([db.confirmationPolicy.findUnique({ where: { id: policyId } }), db.user.count({ where: areConfirmers })]);
  const person = row && (await db.user.findUnique({ where: { email: row.changedBy }, select: { name: true } }));
  return {
    rules: row ? rulesOf(row) : noRules,
    changed: row && { at: row.changedAt.toISOString(), actor: row.changedBy, name: person?.name ?? null },
    confirmers,
  };
}

/**
 * Takes all rules. They go for each confirmation from then on, those of jobs that wait already among them; what runs, runs on.
 * @throws AppError Forbidden; ZodError
 */
export async function updateConfirmationPolicy(ctx: Context, input: unknown): Promise<ConfirmationPolicyView> {
  demand(ctx, "policy.write");
  const rules = policySchema.parse(input);
  await ctx.db.$transaction(async (tx) => {
    // Of two at once, the second sees what the first has left.
    await tx.$queryRaw`SELECT 1 FROM "ConfirmationPolicy" WHERE id = ${policyId} FOR UPDATE`;
    const before = await readRules(tx);
    const values = { ...rules, changedAt: ctx.now(), changedBy: ctx.caller.name };
    await tx.confirmationPolicy.upsert({ where: { id: policyId }, create: { id: policyId, ...values }, update: values });
    await recordAudit(tx, ctx, {
      action: "policy.update",
      target: { type: "policy", id: null, name: "Confirmation policy" },
      before: { ...before },
      after: { ...rules },
    });
  });
  return readConfirmationPolicy(ctx);
}
