import type { Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { asksForTwo, type ConfirmationRules } from "./rules.ts";

/** Of jobs that await a confirmation, those that a person with the right to confirm can confirm: not what the rules keep from them, nor what they have confirmed. */
export const notBarred = (rules: ConfirmationRules, userId: string | null): Prisma.JobWhereInput => ({
  AND: [
    ...(rules.notByCreator && userId !== null ? [{ OR: [{ createdById: null }, { createdById: { not: userId } }, { dryRun: true }] }] : []),
    ...(asksForTwo(rules) && userId !== null ? [{ confirmations: { none: { userId } } }] : []),
  ],
});

/** Of these jobs, the ids of those that the person cannot confirm, though their role may. */
export async function barredAmong(db: Pick<Tx, "job">, jobIds: readonly string[], rules: ConfirmationRules, userId: string | null): Promise<Set<string>> {
  if (jobIds.length === 0) return new Set();
  const able = await db.job.findMany({ where: { id: { in: [...jobIds] }, ...notBarred(rules, userId) }, select: { id: true } });
  const ids = new Set(able.map(({ id }) => id));
  return new Set(jobIds.filter((id) => !ids.has(id)));
}
