import { createTokenBucket, type TokenBucket, takeToken, tokenDue } from "./token-bucket.ts";

/** An executor's share of an admin's or a job's limits. */
export interface Share {
  inFlight: number | null;
  perSecond: number | null;
}

/** Requests may start as far as both limits allow. */
export interface Cap {
  setShare(share: Share, now: number): void;
  /** The share of requests at once; Infinity without a limit. */
  readonly most: number;
  /** ms until another request may start, as far as this cap is concerned: 0 for now, Infinity for when one has ended. */
  wait(now: number): number;
  enter(now: number): void;
  leave(): void;
  /** Requests at the moment. */
  readonly inFlight: number;
  /** Answers so far that asked for fewer requests: whoever hears one counts it here. */
  throttled: number;
}

/** What a second's budget may be spent at once: a tenth of it. */
const reserveOf = (perSecond: number): number => Math.max(1, perSecond / 10);

export function createCap(): Cap {
  let most = Number.POSITIVE_INFINITY;
  let inFlight = 0;
  let rate: TokenBucket | null = null;
  return {
    throttled: 0,
    get inFlight() {
      return inFlight;
    },
    setShare({ inFlight: places, perSecond }, now) {
      most = places ?? Number.POSITIVE_INFINITY;
      if (perSecond === null) rate = null;
      else if (rate?.perSecond !== perSecond) rate = { ...createTokenBucket(perSecond, reserveOf(perSecond), now), tokens: 0 };
    },
    get most() {
      return most;
    },
    wait(now) {
      if (inFlight >= most) return Number.POSITIVE_INFINITY;
      return rate === null ? 0 : tokenDue(rate, now);
    },
    enter(now) {
      inFlight += 1;
      if (rate !== null) takeToken(rate, now);
    },
    leave() {
      inFlight -= 1;
    },
  };
}

/**
 * One executor's share of a limit over all of them. Shares add up to the limit; where there are more executors than
 * requests at once, some get none.
 * @param rank of the executor among those at work, from 0
 * @param count executors at work, from 1
 */
export const shareOf = (limits: { maxInFlight: number | null; maxRequestsPerSecond: number | null }, rank: number, count: number): Share => ({
  inFlight: limits.maxInFlight === null ? null : Math.floor(limits.maxInFlight / count) + (rank < limits.maxInFlight % count ? 1 : 0),
  perSecond: limits.maxRequestsPerSecond === null ? null : limits.maxRequestsPerSecond / count,
});
