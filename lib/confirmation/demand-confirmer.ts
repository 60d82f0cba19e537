import type { Tx } from "../db/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "../jobs/context.ts";
import { whoCanConfirm } from "./confirmers.ts";
import { type GivenConfirmation, givenConfirmations } from "./given-confirmations.ts";
import { readRules } from "./read-rules.ts";
import { type ConfirmationRules, confirmersNeeded, isBarred, type RuledJob } from "./rules.ts";

interface Confirmer {
  userId: string;
  /** Different people, the caller among them. */
  needed: number;
  /** What others have confirmed; nothing where one person is enough. */
  others: GivenConfirmation[];
}

/**
 * Whether the confirmation policy takes the caller's confirmation of a locked job: of two at once, the second sees the first one's.
 * @throws AppError Forbidden (the policy keeps it from the caller), Conflict (the caller has confirmed it already)
 */
export async function demandConfirmer({ caller }: Context, tx: Tx, jobId: string, job: RuledJob): Promise<Confirmer> {
  const rules = await readRules(tx);
  const refusal = refusalOfCreator(rules, job, caller.userId);
  if (refusal) throw new AppError("Forbidden", `${refusal} ${await whoCanConfirm(tx, rules, job, [])}`);
  const needed = confirmersNeeded(rules, job);
  const userId = caller.userId ?? "";
  if (needed === 1) return { userId, needed, others: [] };
  if (caller.userId === null) throw new AppError("Forbidden", "Only people can confirm this job: two of them.");
  const given = await givenConfirmations(tx, jobId, rules, job);
  if (given.some((one) => one.userId === userId)) {
    const others = await whoCanConfirm(
      tx,
      rules,
      job,
      given.map((one) => one.userId),
    );
    throw new AppError("Conflict", `${alreadyConfirmed} ${others}`);
  }
  return { userId, needed, others: given };
}

export const alreadyConfirmed = "You have confirmed this job already, and a second person has to.";

export const refusalOfCreator = (rules: ConfirmationRules, job: RuledJob, userId: string | null): string | null =>
  isBarred(rules, job, userId) ? "You created this job, and the confirmation policy asks for somebody else's confirmation." : null;
