/** Days as the list's address has them: 2026-11-28 in the person's own zone, or "7d", the last seven of them. */

const span = /^([1-9]\d{0,3})d$/;
const day = /^(\d{4})-(\d{2})-(\d{2})$/;

export function isDayOrSpan(text: string): boolean {
  if (span.test(text)) return true;
  const [, year = "", month = "", date = ""] = day.exec(text) ?? [];
  const parsed = new Date(Number(year), Number(month) - 1, Number(date));
  return year !== "" && parsed.getMonth() === Number(month) - 1 && parsed.getDate() === Number(date);
}

/** "Last 7 days", or null for a day. */
export function spanWords(text: string): string | null {
  const days = span.exec(text)?.[1];
  if (days === undefined) return null;
  return days === "1" ? "Today" : `Last ${days} days`;
}

/** Midnight at which a day, or the first of the last days, begins: ISO 8601 in UTC. */
export const momentOf = (text: string, now: Date): string => midnight(text, now, 0).toISOString();

/** Midnight at which a day ends. */
export const momentAfter = (text: string, now: Date): string => midnight(text, now, 1).toISOString();

function midnight(text: string, now: Date, plus: number): Date {
  const days = span.exec(text)?.[1];
  if (days !== undefined) return new Date(now.getFullYear(), now.getMonth(), now.getDate() - Number(days) + 1 + plus);
  const [, year, month, date] = day.exec(text) ?? [];
  return new Date(Number(year), Number(month) - 1, Number(date) + plus);
}
