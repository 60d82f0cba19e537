/**
 * How many entries of a kind the audit trail takes in a minute from one console: anybody may fail to sign in or to sign a request, and what is
 * written there stays for good. What is beyond is counted, and told with the next one that is written.
 */
export class EntryBudget {
  readonly #max: number;
  readonly #windowMs: number;
  #until = 0;
  #written = 0;
  #unlisted = 0;

  constructor(max = 60, windowMs = 60_000) {
    this.#max = max;
    this.#windowMs = windowMs;
  }

  /** @returns whether to write this one, and how many before it were not */
  take(now: number): { write: boolean; unlisted: number } {
    if (now >= this.#until) [this.#until, this.#written] = [now + this.#windowMs, 0];
    if (this.#written >= this.#max) {
      this.#unlisted += 1;
      return { write: false, unlisted: 0 };
    }
    this.#written += 1;
    const unlisted = this.#unlisted;
    this.#unlisted = 0;
    return { write: true, unlisted };
  }
}
