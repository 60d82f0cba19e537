import type { Db, Tx } from "../db/client.ts";
import { storableText } from "../db/storable-text.ts";
import type { Context } from "../jobs/context.ts";
import type { AuditAction, AuditTargetType } from "./audit-actions.ts";
import { changedFields, type Fields } from "./changed-fields.ts";

export interface AuditTarget {
  type: AuditTargetType;
  /** Null for what has none: the policy, the trail itself, an account that does not exist. */
  id: string | null;
  /** As it is called now, for people: it may be called otherwise, or be gone, when the entry is read. */
  name: string | null;
}

export interface AuditRecord {
  action: AuditAction;
  target: AuditTarget;
  /**
   * The thing's fields, before and after: those that are the same in both are left out. Only `after` for what is new, only `before` for what is
   * gone. Fields that are named like a secret are told without their value, so that one may not give another name to it.
   */
  before?: Fields;
  after?: Fields;
  /** A reason, an outcome: in words. */
  detail?: string | undefined;
}

/**
 * Writes down who did what, in the transaction that does it: nothing happens unseen, and nothing is told that did not happen. What happens outside
 * of the database (a request to an endpoint) is written down before it begins, with the database itself as `tx`.
 */
export async function recordAudit(
  tx: Pick<Tx | Db, "auditEntry">,
  { caller, source, now }: Pick<Context, "caller" | "source" | "now">,
  record: AuditRecord,
): Promise<void> {
  const { before, after } = changedFields(record.before, record.after);
  await tx.auditEntry.create({
    data: {
      at: now(),
      actor: storableText(caller.name, 320),
      actorId: caller.userId,
      via: source?.via ?? "Longshore",
      accessKeyId: source?.accessKeyId ?? null,
      ip: source?.ip ?? null,
      userAgent: source?.userAgent ? storableText(source.userAgent, 256) : null,
      requestId: source?.requestId ?? null,
      action: record.action,
      targetType: record.target.type,
      targetId: record.target.id === null ? null : storableText(record.target.id, 320),
      targetName: record.target.name === null ? null : storableText(record.target.name, 512),
      ...(before && { before }),
      ...(after && { after }),
      detail: record.detail ? storableText(record.detail, 4000) : null,
    },
    select: { id: true },
  });
}
