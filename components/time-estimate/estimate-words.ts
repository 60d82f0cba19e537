import { estimateTime, type MeasuredRates, type TimeRange } from "#lib/jobs/estimate-time.ts";
import { formatNumber } from "../ui/number.tsx";
import { formatDuration } from "../ui/time.tsx";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Seconds, as exactly as an estimate may be said: "less than a minute", "12 min", "3 h 20 min". */
function roughly(seconds: number): string {
  if (seconds < minute) return "less than a minute";
  const step = seconds < 10 * minute ? minute : seconds < 2 * hour ? 5 * minute : seconds < 2 * day ? 10 * minute : hour;
  return formatDuration(Math.max(step, Math.round(seconds / step) * step));
}

function rangeWords({ least, most }: TimeRange): string {
  if (most === null) return least < minute ? "Nobody knows" : `At least ${roughly(least)}`;
  const [from, to] = [roughly(least), roughly(most)];
  if (from === to) return most < minute ? "Less than a minute" : `About ${to}`;
  return least < minute ? `Up to about ${to}` : `About ${from} to ${to}`;
}

const rate = (value: number): string => formatNumber(value < 10 ? Math.round(value * 10) / 10 : Number(value.toPrecision(2)));

export interface EstimateWords {
  /** The time itself. */
  time: string;
  /** What it comes from. */
  because: string;
}

/**
 * How long a job takes, and how that is known.
 * @param objects null where nobody has counted them yet: the words are then of a million
 * @param cap the job's own requests a second
 */
export function estimateWords(objects: number | null, rates: MeasuredRates, cap: number | null = null): EstimateWords {
  const range = estimateTime(objects ?? 1_000_000, rates, cap);
  const each = objects === null ? " for a million objects" : "";
  if (!range) return { time: "Not known", because: "No job of this kind, of 1,000 objects or more, has run on this connection yet." };
  if (range.most === null) {
    const lowest = Math.min(rates.maxRequestsPerSecond ?? Number.POSITIVE_INFINITY, cap ?? Number.POSITIVE_INFINITY);
    const because = `No job of this kind has run on this connection yet; it is limited to ${formatNumber(lowest)} requests a second.`;
    return range.least < minute ? { time: "Not known", because } : { time: `${rangeWords(range)}${each}`, because };
  }
  const [slow, fast] = [rate(rates.slow), rate(rates.fast)];
  const did = slow === fast ? `about ${fast}` : `${slow} to ${fast}`;
  const jobs = rates.jobs === 1 ? "The last job of this kind on this connection" : `The last ${rates.jobs} jobs of this kind on this connection`;
  return { time: `${rangeWords(range)}${each}`, because: `${jobs} did ${did} objects a second.` };
}
