import { type Cap, createCap } from "./cap.ts";
import { type Answer, adapt, type Concurrency, mostInFlight, startConcurrency } from "./concurrency.ts";
import { createRequestMeter, type RequestMeter } from "./request-meter.ts";
import { createTokenBucket, giveTokens, type TokenBucket, takeToken, tokenDue } from "./token-bucket.ts";

/** What this process knows of one bucket of an endpoint. */
interface BucketState {
  concurrency: Concurrency;
  inFlight: number;
  /** Tries after the first: a store in trouble is asked again only so often, however many tasks want to. */
  retries: TokenBucket;
}

/** A connection as one executor sees it, whatever jobs use it. */
export interface Endpoint {
  cap: Cap;
  buckets: Map<string, BucketState>;
  meter: RequestMeter;
}

/** Where a job's requests come by: its own cap, and its connection. */
export interface Lane {
  endpoint: Endpoint;
  jobCap: Cap;
}

export interface Place {
  lane: Lane;
  bucket: string;
}

/** Decides when a request may start. One per executor: what is shared is what its jobs' requests share. */
export interface Admission {
  endpoint(connectionId: string): Endpoint;
  /** Takes a place for one request. @returns false when there is none: `onFree` tells when to ask again */
  tryEnter(lane: Lane, bucket: string, retry: boolean): boolean;
  /** The same in two places, or in neither: nobody holds one while waiting for the other. */
  tryEnterBoth(one: Place, other: Place, retry: boolean): boolean;
  /** Gives the place back, with what the answer said. @param retry whether it was taken for one that succeeded */
  leave(lane: Lane, bucket: string, answer: Answer, retry: boolean): void;
  /** Calls `free` when a place may be free, the highest priority first, then the first registered. @returns a function that ends that */
  onFree(free: () => void, priority: () => number): () => void;
  /** Goes by the priorities as they are now. */
  sort(): void;
  /** Asks all who wait to try again. */
  wake(): void;
  /** Whether this process has no time to spare: it then asks for no more at once. */
  setSaturated(saturated: boolean): void;
  /** What is known of each endpoint, by connection id. `limit` is that of its buckets together, as far as they are in use. */
  traffic(): Map<string, { inFlight: number; limit: number; meter: RequestMeter }>;
}

/** Some 50 tasks may be tried ten times; after that a tenth of what succeeds, or ten a second. */
const retryReserve = 500;
const retriesPerSecond = 10;
const perSuccess = 0.1;
/** What a retry that succeeds gives back: recovery feeds itself. */
const perSuccessfulRetry = 2;
/** Buckets kept of one endpoint; a hostile manifest could name no end of them. */
const maxBuckets = 1_000;

export function createAdmission(clock: () => number = Date.now): Admission {
  const endpoints = new Map<string, Endpoint>();
  let waiting: { free: () => void; priority: () => number }[] = [];
  let saturated = false;
  let timer: NodeJS.Timeout | null = null;
  let timerAt = Number.POSITIVE_INFINITY;

  const wake = () => {
    for (const { free } of waiting) free();
  };
  const sort = () => {
    waiting = waiting.toSorted((a, b) => b.priority() - a.priority());
  };
  const wakeIn = (ms: number, now: number) => {
    if (!Number.isFinite(ms) || timerAt <= now + ms) return;
    if (timer) clearTimeout(timer);
    timerAt = now + ms;
    timer = setTimeout(() => {
      timer = null;
      timerAt = Number.POSITIVE_INFINITY;
      wake();
    }, ms);
  };
  const stateOf = ({ buckets }: Endpoint, bucket: string): BucketState => {
    let state = buckets.get(bucket);
    if (!state) {
      if (buckets.size >= maxBuckets) for (const [name, { inFlight }] of buckets) if (inFlight === 0) buckets.delete(name);
      state = { concurrency: startConcurrency(), inFlight: 0, retries: createTokenBucket(retriesPerSecond, retryReserve, clock()) };
      buckets.set(bucket, state);
    }
    return state;
  };

  const isFull = ({ inFlight, concurrency }: BucketState): boolean => inFlight >= Math.floor(concurrency.limit);
  /** As far as rates and caps are concerned. When it may not, all who wait are told once it may. */
  const mayStart = ({ endpoint, jobCap }: Lane, { retries }: BucketState, retry: boolean, now: number): boolean => {
    const ms = Math.max(endpoint.cap.wait(now), jobCap.wait(now), retry ? tokenDue(retries, now) : 0);
    if (ms > 0) wakeIn(ms, now);
    return ms <= 0;
  };
  const enter = ({ endpoint, jobCap }: Lane, state: BucketState, retry: boolean, now: number): void => {
    if (retry) takeToken(state.retries, now);
    state.inFlight += 1;
    endpoint.cap.enter(now);
    jobCap.enter(now);
  };

  return {
    endpoint(connectionId) {
      let endpoint = endpoints.get(connectionId);
      if (!endpoint) {
        endpoint = { cap: createCap(), buckets: new Map(), meter: createRequestMeter() };
        endpoints.set(connectionId, endpoint);
      }
      return endpoint;
    },
    tryEnter(lane, bucket, retry) {
      const state = stateOf(lane.endpoint, bucket);
      if (isFull(state)) return false;
      const now = clock();
      if (!mayStart(lane, state, retry, now)) return false;
      enter(lane, state, retry, now);
      return true;
    },
    tryEnterBoth(one, other, retry) {
      const [first, second] = [stateOf(one.lane.endpoint, one.bucket), stateOf(other.lane.endpoint, other.bucket)];
      if (isFull(first) || isFull(second)) return false;
      const now = clock();
      if (!mayStart(one.lane, first, retry, now) || !mayStart(other.lane, second, retry, now)) return false;
      enter(one.lane, first, retry, now);
      enter(other.lane, second, retry, now);
      return true;
    },
    leave({ endpoint, jobCap }, bucket, answer, retry) {
      const state = stateOf(endpoint, bucket);
      // A job's own cap is no reason to give the bucket's other jobs less.
      const most = Number.isFinite(endpoint.cap.most) ? Math.max(1, endpoint.cap.most) : mostInFlight;
      adapt(state.concurrency, answer, state.inFlight, most, clock(), saturated);
      if (answer === "fine") giveTokens(state.retries, retry ? perSuccessfulRetry : perSuccess);
      state.inFlight -= 1;
      endpoint.cap.leave();
      jobCap.leave();
    },
    onFree(free, priority) {
      const waiter = { free, priority };
      // A new list each time: the old one may be being walked through.
      waiting = [...waiting, waiter];
      sort();
      return () => {
        waiting = waiting.filter((other) => other !== waiter);
      };
    },
    sort,
    wake,
    setSaturated(now) {
      saturated = now;
    },
    traffic: () => new Map([...endpoints].map(([id, endpoint]) => [id, { ...placesOf(endpoint), meter: endpoint.meter }])),
  };
}

/** A bucket that nobody asks has a limit all the same: it would be added up with those that count. */
function placesOf({ cap, buckets }: Endpoint): { inFlight: number; limit: number } {
  let limit = 0;
  for (const { inFlight, concurrency } of buckets.values()) if (inFlight > 0) limit += Math.floor(concurrency.limit);
  return { inFlight: cap.inFlight, limit: Math.min(limit, cap.most) };
}
