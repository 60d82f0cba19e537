/** Counts failures per key and says when there were too many. In memory: each console process counts its own. */
export class FailureLimit {
  readonly #max: number;
  readonly #windowMs: number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  /** @param max failures allowed in a window of `windowMs` that begins with the first */
  constructor(max: number, windowMs: number) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** Seconds to wait; 0 when another try is allowed. */
  wait(key: string, now: number): number {
    const entry = this.#failures.get(key);
    if (!entry || entry.until <= now || entry.count < this.#max) return 0;
    return Math.ceil((entry.until - now) / 1000);
  }

  fail(key: string, now: number): void {
    const entry = this.#failures.get(key);
    if (entry && entry.until > now) entry.count++;
    else {
      this.#prune(now);
      this.#failures.set(key, { count: 1, until: now + this.#windowMs });
    }
  }

  succeed(key: string): void {
    this.#failures.delete(key);
  }

  /** Keeps memory bounded when somebody tries ever new keys. */
  #prune(now: number): void {
    if (this.#failures.size < 10_000) return;
    for (const [key, entry] of this.#failures) if (entry.until <= now) this.#failures.delete(key);
    if (this.#failures.size >= 10_000) this.#failures.clear();
  }
}
