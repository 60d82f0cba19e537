import { createParser, type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs";
import { type AuditAction, type AuditGroup, auditActions, auditGroups } from "#lib/audit/audit-actions.ts";
import { isDayOrSpan, momentAfter, momentOf } from "../days.ts";

const parseAsDay = createParser({ parse: (text) => (isDayOrSpan(text) ? text : null), serialize: String });

/** The page's whole state, kept in the address. */
export const auditParsers = {
  q: parseAsString.withDefault(""),
  actor: parseAsString,
  group: parseAsStringLiteral(Object.keys(auditGroups) as AuditGroup[]),
  action: parseAsStringLiteral(Object.keys(auditActions) as AuditAction[]),
  /** An id. */
  target: parseAsString,
  /** Days of the person's own zone, as 2026-11-28; `from` may be "7d", the last seven days. */
  from: parseAsDay,
  to: parseAsDay,
};
export type AuditQuery = inferParserType<typeof auditParsers>;

export const noAuditFilters: AuditQuery = { q: "", actor: null, group: null, action: null, target: null, from: null, to: null };

export const isFilteredAudit = ({ q, ...others }: AuditQuery): boolean => q.trim() !== "" || Object.values(others).some((value) => value !== null);

/** The filters as the API takes them: moments for days. */
export function auditSearch({ q, from, to, ...exact }: AuditQuery, now: Date = new Date()): URLSearchParams {
  const search = new URLSearchParams();
  if (q.trim() !== "") search.set("q", q.trim());
  for (const [name, value] of Object.entries(exact)) if (value) search.set(name, value);
  if (from !== null) search.set("from", momentOf(from, now));
  if (to !== null) search.set("to", momentAfter(to, now));
  return search;
}
