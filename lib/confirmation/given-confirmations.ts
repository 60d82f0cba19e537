import type { Tx } from "../db/client.ts";
import type { JobConfirmation } from "../db/generated/client.ts";
import { areConfirmers } from "./confirmers.ts";
import { type ConfirmationRules, isBarred, type RuledJob } from "./rules.ts";

export type GivenConfirmation = JobConfirmation & { user: { name: string; email: string } };

/** The confirmations of a job that count now, the oldest first: those of people who may still confirm it. */
export async function givenConfirmations(
  tx: Pick<Tx, "jobConfirmation">,
  jobId: string,
  rules: ConfirmationRules,
  job: RuledJob,
): Promise<GivenConfirmation[]> {
  const rows = await tx.jobConfirmation.findMany({
    where: { jobId, user: areConfirmers },
    include: { user: { select: { name: true, email: true } } },
    orderBy: [{ at: "asc" }, { userId: "asc" }],
  });
  return rows.filter(({ userId }) => !isBarred(rules, job, userId));
}

/**
 * Forgets what was confirmed of a locked job, because it is no longer what they said yes to.
 * @param why ends the timeline's sentence
 * @returns the addresses of those who had confirmed it
 */
export async function voidConfirmations(tx: Tx, jobId: string, why: string, now: Date): Promise<string[]> {
  const rows = await tx.jobConfirmation.findMany({ where: { jobId }, include: { user: { select: { name: true, email: true } } } });
  if (rows.length === 0) return [];
  await tx.jobConfirmation.deleteMany({ where: { jobId } });
  const names = rows.map(({ user }) => user.name).join(", ");
  await tx.jobEvent.create({ data: { jobId, at: now, actor: "Longshore", type: "void-confirmation", detail: `That of ${names}: ${why}` } });
  return rows.map(({ user }) => user.email);
}
