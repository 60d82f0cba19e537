/** Upper bounds of the stretches that durations of requests are counted in, seconds; one more takes what is longer. */
export const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** A task must not pay for being measured: of so many requests, the duration of one is taken. A power of two. */
export const durationEvery = 16;

/** Counters of an endpoint's requests, as one process sees them; they only grow. */
export interface RequestMeter {
  /** Requests that have ended, with an answer or without. */
  ended: number;
  /** Requests whose answer asked for another try. */
  retries: number;
  /** Answers that asked for fewer requests. */
  throttled: number;
  /** Durations by stretch; each stands for itself, and not for those below it as well. */
  durations: number[];
  /** Of the durations, seconds. */
  durationSum: number;
}

export const createRequestMeter = (): RequestMeter => ({
  ended: 0,
  retries: 0,
  throttled: 0,
  durations: new Array<number>(durationBounds.length + 1).fill(0),
  durationSum: 0,
});

/** Counts a request that has ended. @param sentAt ms since 1970 */
export function noteEnd(meter: RequestMeter, sentAt: number, clock: () => number = Date.now): void {
  meter.ended += 1;
  if ((meter.ended & (durationEvery - 1)) !== 0) return;
  const seconds = Math.max(0, clock() - sentAt) / 1_000;
  let at = 0;
  while (at < durationBounds.length && seconds > (durationBounds[at] as number)) at += 1;
  meter.durations[at] = (meter.durations[at] as number) + 1;
  meter.durationSum += seconds;
}
