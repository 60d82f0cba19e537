import { AsyncLocalStorage } from "node:async_hooks";
import type { Db, Tx } from "../db/client.ts";

/**
 * better-auth keeps the transactions that it begins to itself. Those that it begins with `client` are known as `current` to its hooks as well,
 * so that what they write stays, or goes, with what they accompany.
 */
export function shareTransactions(db: Db): { client: object; current: () => Tx | undefined } {
  const running = new AsyncLocalStorage<Tx>();
  const client = db.$extends({
    client: { $transaction: <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> => db.$transaction((tx) => running.run(tx, () => work(tx))) },
  });
  return { client, current: () => running.getStore() };
}
