const moment = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dateWithClock = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });

/** A moment of a chart, in the person's zone. @param ms since 1970 */
export const momentWords = (ms: number): string => moment.format(ms);

/** The time of day, for what has just happened. */
export const clockWords = (ms: number): string => clockWithSeconds.format(ms);

/** As short as a mark on an axis may be, and still be told from the one beside it. @param rangeMs what the axis shows */
export function tickWords(ms: number, rangeMs: number): string {
  if (rangeMs < 10 * 60_000) return clockWithSeconds.format(ms);
  if (rangeMs < 36 * 3_600_000) return clock.format(ms);
  // Marks may be hours apart up to here.
  return rangeMs < 14 * 86_400_000 ? dateWithClock.format(ms) : date.format(ms);
}
