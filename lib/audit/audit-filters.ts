import { z } from "zod";
import { Prisma } from "../db/generated/client.ts";
import { isStorable } from "../db/storable-text.ts";
import { type AuditGroup, actionsOf, auditActions, auditGroups } from "./audit-actions.ts";

const text = (max: number) => z.string().trim().max(max).refine(isStorable, "has characters that no entry can have");

/** What narrows the trail down; all of it together. */
export const auditFiltersSchema = z.object({
  /** Part of a name, an id, an address, a detail or a changed value. */
  q: text(256).default(""),
  /** A whole e-mail, or "Longshore". */
  actor: text(320).optional(),
  group: z.enum(Object.keys(auditGroups) as [AuditGroup, ...AuditGroup[]]).optional(),
  /** One action, such as job.confirm. */
  action: z.enum(Object.keys(auditActions) as [keyof typeof auditActions, ...(keyof typeof auditActions)[]]).optional(),
  /** The id of what was done something to. */
  target: text(320).optional(),
  /** At this moment or later. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Before this moment. */
  to: z.iso.datetime({ offset: true }).optional(),
});
export type AuditFilters = z.output<typeof auditFiltersSchema>;

/** What is searched: letter for letter the expression of the index AuditEntry_search_idx. */
const searched = Prisma.sql`(
  a."actor" || ' ' || a."action" || ' ' || coalesce(a."targetName", '') || ' ' || coalesce(a."targetId", '') || ' ' || coalesce(a."ip", '') || ' '
  || coalesce(a."accessKeyId", '') || ' ' || coalesce(a."requestId", '') || ' ' || coalesce(a."detail", '') || ' '
  || coalesce(a."before"::text, '') || ' ' || coalesce(a."after"::text, ''))`;

const escapeLike = (part: string): string => part.replace(/[\\%_]/g, (character) => `\\${character}`);

/** Each word on its own: "ana priority" finds what Ana did to priorities. */
const words = (q: string): string[] => q.split(/\s+/).filter((word) => word !== "");

/** Conditions on "AuditEntry" a. */
export function whereAudit({ q, actor, group, action, target, from, to }: AuditFilters): Prisma.Sql {
  const conditions = [Prisma.sql`true`];
  for (const word of words(q)) conditions.push(Prisma.sql`${searched} ILIKE ${`%${escapeLike(word)}%`}`);
  if (actor) conditions.push(Prisma.sql`a."actor" = ${actor}`);
  if (group) conditions.push(Prisma.sql`a."action" IN (${Prisma.join(actionsOf(group))})`);
  if (action) conditions.push(Prisma.sql`a."action" = ${action}`);
  if (target) conditions.push(Prisma.sql`a."targetId" = ${target}`);
  if (from !== undefined) conditions.push(Prisma.sql`a."at" >= ${utc(from)}::timestamp`);
  if (to !== undefined) conditions.push(Prisma.sql`a."at" < ${utc(to)}::timestamp`);
  return Prisma.join(conditions, " AND ");
}

/** The columns hold UTC without saying so. */
export const utc = (moment: string | Date): string => new Date(moment).toISOString().replace("Z", "");
