/** How many requests at once an endpoint is given for one bucket, and what that rests on. */
export interface Concurrency {
  /** Requests at once, from 1; a fraction is kept, but does not count. */
  limit: number;
  /** Doubles with each round until the first trouble; additive from then on. */
  probing: boolean;
  /** Answers to come that were asked for before the last decrease: their trouble has been answered for. */
  stale: number;
  /** Answers of this round so far; a round is as many as the limit. */
  answered: number;
  /** When this round began, ms: none is shorter than what it takes to see whether this process keeps up. */
  roundAt: number;
  /** Whether the limit was reached in this round: a limit that nobody needs is not raised. */
  reached: boolean;
}

/** What an answer says of the endpoint: `trouble` is SlowDown, 429, a timeout, a connection that was cut. */
export type Answer = "fine" | "trouble";

export const firstLimit = 64;
/** The most that one executor asks for where no cap says otherwise. */
export const mostInFlight = 512;
export const roundMs = 50;
const additiveStep = 4;
const decrease = 0.7;

export const startConcurrency = (): Concurrency => ({ limit: firstLimit, probing: true, stale: 0, answered: 0, roundAt: 0, reached: false });

/**
 * Additive increase, multiplicative decrease, as TCP has it: at most one decrease for what was in flight together.
 * Changes `state` in place, since every answer comes by here.
 * @param inFlight requests at once when the answer came, itself included
 * @param most the limit's own limit
 * @param now ms
 * @param saturated this process has no time to spare: more requests would only wait here
 */
export function adapt(state: Concurrency, answer: Answer, inFlight: number, most: number, now: number, saturated: boolean): void {
  if (inFlight >= Math.floor(state.limit)) state.reached = true;
  if (state.stale > 0) state.stale -= 1;
  else if (answer === "trouble") {
    state.limit = Math.max(1, Math.min(state.limit, inFlight) * decrease);
    state.probing = false;
    state.stale = inFlight - 1;
    state.answered = 0;
    state.reached = false;
    return;
  }
  state.answered += 1;
  if (state.answered < state.limit || now < state.roundAt + roundMs) return;
  if (state.reached && !saturated && state.stale === 0) state.limit += state.probing ? state.limit : additiveStep;
  state.limit = Math.min(state.limit, most);
  state.roundAt = now;
  state.answered = 0;
  state.reached = false;
}
