/** How many requests each key (a person, an access key) may make: `burst` at once, and `perSecond` in the long run. A bucket of tokens per key. */
export class RequestBudget {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /**
   * @param now in ms, of any clock that does not go back
   * @param cost of this request, in usual ones; no more than the burst
   * @returns seconds to wait; 0: the request may be made, and is counted
   */
  take(key: string, now: number, cost = 1): number {
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, at: now };
    const tokens = Math.min(this.#burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * this.#perSecond);
    const missing = Math.max(0, cost - tokens);
    this.#buckets.set(key, { tokens: missing === 0 ? tokens - cost : tokens, at: now });
    if (this.#buckets.size > 1000) this.#forgetFull(now);
    return Math.ceil(missing / this.#perSecond);
  }

  #forgetFull(now: number): void {
    const fullAfterMs = (this.#burst / this.#perSecond) * 1000;
    for (const [key, { at }] of this.#buckets) if (now - at >= fullAfterMs) this.#buckets.delete(key);
  }
}
