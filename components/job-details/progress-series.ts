import type { JobSamples } from "#lib/jobs/sample-views.ts";

/** How a job ran in a stretch of time. Times are ms since 1970; what is a second's is an average. */
export interface ProgressPoint {
  from: number;
  to: number;
  /** Tasks that ended, a second. */
  rate: number;
  failed: number;
  throttled: number;
  /** Requests at once. */
  inFlight: number;
  succeededTasks: number;
  failedTasks: number;
  throttledAnswers: number;
}

export type ProgressMeasure = "rate" | "failed" | "inFlight" | "throttled";

/** Tasks that all ended at once still took some time. */
const shortestMs = 1_000;

export const pointsOf = ({ samples }: JobSamples): ProgressPoint[] =>
  samples.reduce<Sample[]>(withBeside, []).map(({ from, to, succeeded, failed, throttled, inFlightSeconds }) => {
    const seconds = Math.max(shortestMs, Date.parse(to) - Date.parse(from)) / 1_000;
    return {
      from: Date.parse(from),
      to: Math.max(Date.parse(to), Date.parse(from) + shortestMs),
      rate: (succeeded + failed) / seconds,
      failed: failed / seconds,
      throttled: throttled / seconds,
      inFlight: inFlightSeconds / seconds,
      succeededTasks: succeeded,
      failedTasks: failed,
      throttledAnswers: throttled,
    };
  });

type Sample = JobSamples["samples"][number];
const lengthOf = ({ from, to }: Sample): number => Date.parse(to) - Date.parse(from);

/** A stretch that was just begun, or ended early, is too short for an average of its own: it is told with the one beside it. */
function withBeside(before: Sample[], sample: Sample): Sample[] {
  const last = before.at(-1);
  const beside = last !== undefined && Date.parse(sample.from) - Date.parse(last.to) < shortestMs;
  if (!beside || Math.min(lengthOf(last), lengthOf(sample)) >= shortestMs) return [...before, sample];
  const both = {
    ...last,
    to: sample.to,
    succeeded: last.succeeded + sample.succeeded,
    failed: last.failed + sample.failed,
    throttled: last.throttled + sample.throttled,
    inFlightSeconds: last.inFlightSeconds + sample.inFlightSeconds,
  };
  return [...before.slice(0, -1), both];
}

/** Runs of points without a pause between them. @param seconds how long a stretch is */
export function spellsOf(points: readonly ProgressPoint[], seconds: number): ProgressPoint[][] {
  const spells: ProgressPoint[][] = [];
  for (const point of points) {
    const spell = spells.at(-1);
    // Those of two stretches next to each other are less than one apart.
    if (spell && point.from - (spell.at(-1) as ProgressPoint).to < seconds * 1_000) spell.push(point);
    else spells.push([point]);
  }
  return spells;
}

/** The point at a moment, or the one that is nearest to it. @returns its index; 0 where there is none */
export function nearestTo(points: readonly ProgressPoint[], ms: number): number {
  let best = 0;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, { from, to }] of points.entries()) {
    const away = Math.max(from - ms, ms - to, 0);
    if (away < distance) [best, distance] = [index, away];
  }
  return best;
}

export interface ProgressTotals {
  /** ms in which tasks ran: pauses are not in it. */
  ranMs: number;
  /** Tasks a second while they ran, and in the fastest stretch. */
  rate: number;
  fastest: number;
  inFlight: number;
  succeededTasks: number;
  failedTasks: number;
  throttledAnswers: number;
}

/** @returns null where there is no point */
export function totalsOf(points: readonly ProgressPoint[]): ProgressTotals | null {
  if (points.length === 0) return null;
  const sum = (of: (point: ProgressPoint) => number) => points.reduce((total, point) => total + of(point), 0);
  const ranMs = sum(({ from, to }) => to - from);
  const [succeededTasks, failedTasks] = [sum((point) => point.succeededTasks), sum((point) => point.failedTasks)];
  return {
    ranMs,
    rate: ((succeededTasks + failedTasks) * 1_000) / ranMs,
    fastest: Math.max(...points.map(({ rate }) => rate)),
    inFlight: sum(({ from, to, inFlight }) => inFlight * (to - from)) / ranMs,
    succeededTasks,
    failedTasks,
    throttledAnswers: sum((point) => point.throttledAnswers),
  };
}

/** Tasks a second over the last minute of work, as far as that is known. @returns null where nothing is, or nothing ended */
export function recentRate(points: readonly ProgressPoint[], windowMs = 60_000): number | null {
  const end = points.at(-1)?.to ?? 0;
  const totals = totalsOf(points.filter(({ to }) => to > end - windowMs));
  return totals === null || totals.rate === 0 ? null : totals.rate;
}
