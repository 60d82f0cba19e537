import { AsyncLocalStorage } from "node:async_hooks";

/** What each log line has that is said while something is done: a request's id, a step's job. */
export type LogScope = Readonly<Record<string, unknown>>;

/** Next loads the same module several times in one process, and the log must find the scope whoever opened it. */
const slot = globalThis as typeof globalThis & { longshoreLogScope?: AsyncLocalStorage<LogScope> };
slot.longshoreLogScope ??= new AsyncLocalStorage();
const scopes = slot.longshoreLogScope;

export const logScope = (): LogScope | undefined => scopes.getStore();
export const inScope = <Value>(scope: LogScope, run: () => Value): Value => scopes.run(scope, run);
