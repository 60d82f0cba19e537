import type { Tx } from "../db/client.ts";
import type { ConfirmationPolicy } from "../db/generated/client.ts";
import { type ConfirmationRules, noRules } from "./rules.ts";

/** The installation's one row. */
export const policyId = 1;

/** What goes now. */
export async function readRules(db: Pick<Tx, "confirmationPolicy">): Promise<ConfirmationRules> {
  const row = await db.confirmationPolicy.findUnique({ where: { id: policyId } });
  return row ? rulesOf(row) : noRules;
}

export const rulesOf = ({ notByCreator, twoForIrreversible, twoForObjectsOver }: ConfirmationPolicy): ConfirmationRules => ({
  notByCreator,
  twoForIrreversible,
  twoForObjectsOver: twoForObjectsOver === null ? null : Number(twoForObjectsOver),
});
