import type { Db } from "../db/client.ts";
import { type AuditEntry, Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import { type AuditFilters, utc, whereAudit } from "./audit-filters.ts";
import type { AuditVia } from "./audit-source.ts";
import type { AuditEntryView } from "./audit-views.ts";

/** Where a page of the trail ends. */
export interface AuditPlace {
  at: Date;
  id: bigint;
}

/** So many entries, the newest first, from behind a place on: however far back that is, it takes no longer. */
export async function readAudit(
  db: Pick<Db, "$queryRaw" | "auditEntry">,
  filters: AuditFilters,
  { after, size }: { after: AuditPlace | null; size: number },
): Promise<AuditEntry[]> {
  const behind = after ? Prisma.sql`(a."at", a."id") < (${utc(after.at)}::timestamp, ${after.id})` : Prisma.sql`true`;
  const found = await db.$queryRaw<{ id: bigint }[]>`
    SELECT a."id" FROM "AuditEntry" a WHERE ${whereAudit(filters)} AND ${behind} ORDER BY a."at" DESC, a."id" DESC LIMIT ${size}`;
  return db.auditEntry.findMany({ where: { id: { in: found.map(({ id }) => id) } }, orderBy: [{ at: "desc" }, { id: "desc" }] });
}

export const viewEntry = ({ id, at, via, targetType, targetId, targetName, before, after, actorId: _actorId, ...entry }: AuditEntry): AuditEntryView => ({
  ...entry,
  id: String(id),
  at: at.toISOString(),
  via: via as AuditVia,
  target: { type: targetType, id: targetId, name: targetName },
  before: before as Record<string, unknown> | null,
  after: after as Record<string, unknown> | null,
});

export const writePlace = ({ at, id }: AuditPlace): string => `${at.getTime()}-${id}`;

/** @throws AppError InvalidRequest for what is none */
export function readPlace(text: string): AuditPlace {
  const [, time = "", id = ""] = /^(\d{1,15})-(\d{1,18})$/.exec(text) ?? [];
  if (time !== "") return { at: new Date(Number(time)), id: BigInt(id) };
  const message = "This is not where a page of the audit trail ends. Begin again without it.";
  throw new AppError("InvalidRequest", message, [{ path: "after", message }]);
}
