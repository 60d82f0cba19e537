/** What ended jobs of one operation on one connection have shown, and what holds any job there back. */
export interface MeasuredRates {
  /** How many jobs the rates are of; with none, there are no rates. */
  jobs: number;
  /** Objects a second: most of the jobs were between the two. Zero without a job. */
  slow: number;
  fast: number;
  /** The connection's own cap; null where it has none. */
  maxRequestsPerSecond: number | null;
}

/** Where most of the rates are: with four or more, the slowest and the fastest quarter are left out. */
export function rangeOf(rates: readonly number[]): { slow: number; fast: number } {
  const sorted = [...rates].sort((one, other) => one - other);
  const out = sorted.length < 4 ? 0 : Math.floor(sorted.length / 4);
  return { slow: sorted[out] ?? 0, fast: sorted[sorted.length - 1 - out] ?? 0 };
}

/** Seconds. `most` is null where only a cap is known: a job may take any longer than that. */
export interface TimeRange {
  least: number;
  most: number | null;
}

/** @param cap requests a second, at most; an object takes one or more */
export function estimateTime(objects: number, { jobs, slow, fast, maxRequestsPerSecond }: MeasuredRates, cap: number | null = null): TimeRange | null {
  const most = Math.min(maxRequestsPerSecond ?? Number.POSITIVE_INFINITY, cap ?? Number.POSITIVE_INFINITY);
  if (jobs > 0 && slow > 0) return { least: objects / Math.min(fast, most), most: objects / Math.min(slow, most) };
  return Number.isFinite(most) ? { least: objects / most, most: null } : null;
}
