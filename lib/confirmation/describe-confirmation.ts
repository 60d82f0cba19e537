import { can } from "../auth/permissions.ts";
import type { Context } from "../jobs/context.ts";
import { whoCanConfirm } from "./confirmers.ts";
import { alreadyConfirmed, refusalOfCreator } from "./demand-confirmer.ts";
import { givenConfirmations } from "./given-confirmations.ts";
import type { ConfirmationView } from "./policy-views.ts";
import { readRules } from "./read-rules.ts";
import { confirmersNeeded, type RuledJob, whyTwo } from "./rules.ts";

/** Of a job that awaits its confirmation: what its review and its page say. */
export async function describeConfirmation({ db, caller }: Pick<Context, "db" | "caller">, jobId: string, job: RuledJob): Promise<ConfirmationView> {
  const rules = await readRules(db);
  const needed = confirmersNeeded(rules, job);
  const given = needed === 1 ? [] : await givenConfirmations(db, jobId, rules, job);
  const own = given.some(({ userId }) => userId === caller.userId);
  const refusal = refusalOfCreator(rules, job, caller.userId) ?? (own ? alreadyConfirmed : null);
  const without = given.map(({ userId }) => userId);
  return {
    needed,
    why: whyTwo(rules, job),
    given: given.map(({ userId, user, at, canaryTasks }) => ({
      actor: user.email,
      name: user.name,
      at: at.toISOString(),
      canaryTasks,
      own: userId === caller.userId,
    })),
    refusal: refusal !== null && can(caller.role, "job.confirm") ? `${refusal} ${await whoCanConfirm(db, rules, job, without)}` : null,
  };
}
