import { can } from "../auth/permissions.ts";
import type { Tx } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import { PersonRole as roles } from "../db/generated/enums.ts";
import { type ConfirmationRules, isBarred, type RuledJob } from "./rules.ts";

/** Everybody who has the right to confirm jobs. */
export const areConfirmers: Prisma.UserWhereInput = { role: { in: Object.values(roles).filter((role) => can(role, "job.confirm")) }, disabledAt: null };

/** How many are named to somebody who needs one of them. */
const named = 3;

/**
 * Who can give the confirmation that is missing, in words that end a sentence begun elsewhere.
 * @param without ids of those who have confirmed already
 */
export async function whoCanConfirm(db: Pick<Tx, "user">, rules: ConfirmationRules, job: RuledJob, without: readonly string[]): Promise<string> {
  const people = await db.user.findMany({
    where: { ...areConfirmers, id: { notIn: [...without] } },
    select: { id: true, name: true },
    // Reviewers before administrators.
    orderBy: [{ role: "asc" }, { name: "asc" }],
    take: named + 2,
  });
  const able = people.filter(({ id }) => !isBarred(rules, job, id)).map(({ name }) => name);
  const first = able.slice(0, named);
  if (first.length === 0) return "Nobody else has the right to confirm jobs: an administrator can make somebody a reviewer, or change the confirmation policy.";
  const names =
    able.length > named ? `${first.join(", ")} or another reviewer or administrator` : new Intl.ListFormat("en-GB", { type: "disjunction" }).format(first);
  return `${names} can confirm it.`;
}
