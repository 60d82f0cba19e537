import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A group that nobody waits for, such as a seed, is committed after so many transactions. */
const maxGroup = 5_000;

interface Hooks {
  /** Inside the group, after each transaction. */
  applied(): void;
  /** One transaction was taken back. */
  undone(): void;
  committed(): void;
  /** The whole group was taken back. */
  lost(): void;
}

/**
 * Transactions of requests that arrive together share one commit, which costs more than all of them: the first opens the
 * group, and it is committed once the event loop has seen to everything that was there. Each is a savepoint within, so that
 * one that throws takes back itself alone. Who answers a request waits for `settled` first.
 */
export class GroupCommit {
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  readonly #undo: StatementSync;
  readonly #hooks: Hooks;
  #group: { size: number; timer: NodeJS.Immediate; settled: Promise<void>; resolve: () => void; reject: (error: unknown) => void } | null = null;

  constructor(db: DatabaseSync, hooks: Hooks) {
    this.#begin = db.prepare("BEGIN IMMEDIATE");
    this.#commit = db.prepare("COMMIT");
    this.#rollback = db.prepare("ROLLBACK");
    this.#savepoint = db.prepare("SAVEPOINT one");
    this.#release = db.prepare("RELEASE one");
    this.#undo = db.prepare("ROLLBACK TO one");
    this.#hooks = hooks;
  }

  /** Runs `work` as one transaction; it must not await. What it throws is passed on. */
  run<T>(work: () => T): T {
    const group = this.#open();
    this.#savepoint.run();
    let result: T;
    try {
      result = work();
    } catch (error) {
      this.#undo.run();
      this.#release.run();
      this.#hooks.undone();
      throw error;
    }
    this.#release.run();
    this.#hooks.applied();
    group.size += 1;
    if (group.size >= maxGroup) this.flush();
    return result;
  }

  /** What to await before anything that was read or written is told to anybody; it rejects when the commit failed. */
  settled(): Promise<void> | undefined {
    return this.#group?.settled;
  }

  /** Commits at once. A failure is told to those who wait for it. */
  flush(): void {
    const group = this.#group;
    if (!group) return;
    this.#group = null;
    clearImmediate(group.timer);
    try {
      this.#commit.run();
    } catch (error) {
      // SQLite itself has rolled back after some of its errors.
      try {
        this.#rollback.run();
      } catch {}
      this.#hooks.lost();
      group.reject(error);
      return;
    }
    this.#hooks.committed();
    group.resolve();
  }

  #open() {
    if (this.#group) return this.#group;
    this.#begin.run();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // Whether anybody waits or not.
    promise.catch(() => undefined);
    this.#group = { size: 0, timer: setImmediate(() => this.flush()), settled: promise, resolve, reject };
    return this.#group;
  }
}
