/** What was counted of a job in a stretch of time. Times are ms since 1970; `at` is a multiple of the length. */
export interface JobSample {
  at: number;
  /** The stretch's length. */
  seconds: number;
  /** When tasks ran in it, at the earliest and at the latest. */
  firstAt: number;
  lastAt: number;
  succeeded: number;
  failed: number;
  /** Answers that asked for fewer requests. */
  throttled: number;
  /** Requests in flight, times how long they were: divided by a time, it is how many there were at once. */
  inFlightMs: number;
}

/** How short a stretch is at first; longer ones are this times a power of two. */
export const finestSeconds = 5;
/** What a job has at the most, however long it runs. */
export const maxSamples = 500;

export const startOf = (ms: number, seconds: number): number => Math.floor(ms / (seconds * 1_000)) * seconds * 1_000;

/** Both together; the stretch is the first one's. */
const sum = (a: JobSample, b: JobSample): JobSample => ({
  at: a.at,
  seconds: a.seconds,
  firstAt: Math.min(a.firstAt, b.firstAt),
  lastAt: Math.max(a.lastAt, b.lastAt),
  succeeded: a.succeeded + b.succeeded,
  failed: a.failed + b.failed,
  throttled: a.throttled + b.throttled,
  inFlightMs: a.inFlightMs + b.inFlightMs,
});

/** The same in stretches of that length, in order: those of a length that are within one of them add up. */
export function inStretchesOf(samples: readonly JobSample[], seconds: number): JobSample[] {
  const merged = new Map<number, JobSample>();
  for (const sample of samples) {
    const at = startOf(sample.at, seconds);
    const before = merged.get(at);
    merged.set(at, before ? sum(before, sample) : { ...sample, at, seconds });
  }
  return [...merged.values()].toSorted((a, b) => a.at - b.at);
}

/** Samples in stretches of one length: the longest that is there. */
export const evenly = (samples: readonly JobSample[]): JobSample[] =>
  inStretchesOf(
    samples,
    samples.reduce((longest, { seconds }) => Math.max(longest, seconds), finestSeconds),
  );

/** Samples in longer stretches, as few as leave room for as many again. @param most of them that there may be */
export function coarser(samples: readonly JobSample[], most = maxSamples): JobSample[] {
  let merged = evenly(samples);
  while (merged.length > most / 2) merged = inStretchesOf(merged, (merged[0] as JobSample).seconds * 2);
  return merged;
}
