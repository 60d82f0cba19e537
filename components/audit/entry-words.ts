import { auditActions } from "#lib/audit/audit-actions.ts";
import type { AuditEntryView } from "#lib/audit/audit-views.ts";

/** What was done, to follow the name of who did it; an action of another version is told by its own name. */
export const actionWords = (action: string): string =>
  Object.hasOwn(auditActions, action) ? auditActions[action as keyof typeof auditActions] : `did ${action}`;

/** Where the thing is shown; null where it is nowhere, or is gone. */
export function hrefOfTarget({ action, target: { type, id } }: Pick<AuditEntryView, "action" | "target">): string | null {
  if (id === null || action.endsWith(".delete")) return null;
  switch (type) {
    case "job":
      return `/jobs/${encodeURIComponent(id)}`;
    case "connection":
      return `/connections/${encodeURIComponent(id)}`;
    case "role":
      return "/roles";
    case "access key":
      return "/keys";
    default:
      return null;
  }
}

export interface FieldChange {
  /** As it is stored: `maxInFlight`. */
  name: string;
  /** undefined: it was not there. */
  before: unknown;
  after: unknown;
}

/** The changed fields, in the order in which they were written down. */
export function changesOf({ before, after }: Pick<AuditEntryView, "before" | "after">): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({ name, before: before?.[name], after: after?.[name] }));
}

/** A field's name in words: "maxRequestsPerSecond" is "max requests per second", "ClientRequestToken" is "client request token". */
export const fieldWords = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(" ")
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");

/** A value short enough for a line of its own; null for what needs more room. */
export function shortValue(value: unknown): string | null {
  if (value === null || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en");
  const text = Array.isArray(value) && value.every((item) => typeof item === "string") ? value.join(", ") || "none" : value;
  return typeof text === "string" && text.length <= 40 ? text : null;
}

/** What changed where that fits in a line: "priority 10 → 20". Null for what is to be looked at. */
export function changeInShort(entry: Pick<AuditEntryView, "before" | "after">): string | null {
  if (entry.before === null || entry.after === null) return null;
  const changes = changesOf(entry).filter((change) => change.before !== undefined && change.after !== undefined);
  if (changes.length === 0 || changes.length > 2) return null;
  const parts = changes.map(({ name, before, after }) => {
    const [was, is] = [shortValue(before), shortValue(after)];
    return was === null || is === null ? null : `${fieldWords(name)} ${was} → ${is}`;
  });
  return parts.includes(null) ? null : parts.join(", ");
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** The time of day, in the person's zone. */
export const clockOf = (at: string): string => clock.format(new Date(at));

/** Entries by the day, in the person's zone, on which they were made; the order stays. */
export function byDay<Entry extends { at: string }>(entries: readonly Entry[]): { day: string; entries: Entry[] }[] {
  const days: { day: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const name = day.format(new Date(entry.at));
    const last = days.at(-1);
    if (last?.day === name) last.entries.push(entry);
    else days.push({ day: name, entries: [entry] });
  }
  return days;
}
