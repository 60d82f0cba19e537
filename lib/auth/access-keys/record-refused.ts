import type { AuditSource } from "../../audit/audit-source.ts";
import { EntryBudget } from "../../audit/entry-budget.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Db } from "../../db/client.ts";
import { log } from "../../log.ts";
import type { RefusedKey } from "./authenticate-request.ts";

/** Of each key on its own: one that somebody forgot to replace in a script must not hide what is tried with another. */
const refusals = new Map<string, EntryBudget>();
const budgetOf = (id: string): EntryBudget => {
  const budget = refusals.get(id) ?? new EntryBudget(3, 10 * 60_000);
  refusals.set(id, budget);
  return budget;
};

/** Writes into the log and the audit trail that an access key which exists was refused. Throws nothing: the request has its answer already. */
export async function recordRefused(
  { db, now }: { db: Db; now: () => Date },
  source: AuditSource,
  { id, name, userId }: RefusedKey,
  why: string,
): Promise<void> {
  const { write, unlisted } = budgetOf(id).take(now().getTime());
  if (!write) return;
  log.warn({ accessKeyId: id, address: source.ip, unlisted }, `access key refused: ${why}`);
  const others = unlisted > 0 ? `${unlisted.toLocaleString("en")} more requests with it were refused before this one, and are not listed.` : null;
  try {
    const owner = await db.user.findUnique({ where: { id: userId }, select: { email: true } });
    // Nobody has shown that it was the owner, nor that they have the key.
    const caller = { userId: null, name: "Somebody", role: "viewer" } as const;
    const target = { type: "access key", id, name } as const;
    await recordAudit(
      db,
      { caller, source, now },
      { action: "access-key.refused", target, detail: [why, owner && `The key is ${owner.email}’s.`, others].filter(Boolean).join(" ") },
    );
  } catch (error) {
    log.error({ err: error, accessKeyId: id }, "a refused access key could not be written into the audit trail");
  }
}
