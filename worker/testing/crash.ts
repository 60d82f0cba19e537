import type { PgBoss } from "pg-boss";
import type { Db } from "#lib/db/client.ts";
import type { Fault } from "../../sandbox/start-sandbox.ts";
import type { EngineContext } from "../engine-context.ts";

/** A write dies before it is applied, or it is applied and its answer never comes. */
export type CrashMode = "before" | "after";

export interface Crash {
  /** Writes so far. */
  readonly writes: number;
  /** Resolves at the crash, once the last write is applied if it is to be. */
  readonly happened: Promise<void>;
  /** What the dying process works with. */
  ctx: EngineContext;
  /** What the sandbox is to do with requests. Take it away once the process is dead. */
  fault: Fault;
}

const never = new Promise<never>(() => undefined);
const modelWrites = new Set(["create", "createMany", "update", "updateMany", "upsert", "delete", "deleteMany"]);
const clientWrites = new Set(["$transaction", "$executeRaw", "$executeRawUnsafe"]);
const bossWrites = new Set(["fetch", "complete", "fail", "touch", "send", "insert", "createQueue", "deleteQueue", "deleteQueuedJobs", "deleteAllJobs"]);

/**
 * A process that dies at its n-th write, to the database, the queue or S3: from there on, nothing it asks for is done or
 * answered any more, so that none of its code runs on, as after a `kill -9`. A transaction is one write, since it is
 * done whole or not at all.
 * @param isOwn whether a key is one that it writes: those that died earlier send again what they did not get an answer to
 */
export function crashAt(ctx: EngineContext, n: number, mode: CrashMode, isOwn: (key: string) => boolean = () => true): Crash {
  const { promise: happened, resolve: crashed } = Promise.withResolvers<void>();
  let writes = 0;
  let dead = false;

  /** @returns whether this write is the last one */
  const isLast = (): boolean => {
    writes += 1;
    if (writes < n) return false;
    dead = true;
    if (mode === "before") crashed();
    return true;
  };
  const read = <T>(call: () => Promise<T>): Promise<T> => (dead ? never : call().then((result) => (dead ? never : result)));
  const write = async <T>(call: () => Promise<T>): Promise<T> => {
    if (dead) return never;
    if (!isLast()) return read(call);
    if (mode === "after") await call().finally(crashed);
    return never;
  };
  const wrap = <T extends object>(target: T, callOf: (name: string, call: (...args: unknown[]) => Promise<unknown>) => unknown): T =>
    new Proxy(target, {
      get(from, name) {
        const value = Reflect.get(from, name) as unknown;
        if (typeof name !== "string") return value;
        if (typeof value === "function") return callOf(name, value.bind(from) as (...args: unknown[]) => Promise<unknown>);
        // A model of the client.
        return typeof value === "object" && value !== null && "findMany" in value ? model(value) : value;
      },
    });
  const model = <T extends object>(target: T): T =>
    wrap(
      target,
      (name, call) =>
        (...args: unknown[]) =>
          modelWrites.has(name) ? write(() => call(...args)) : read(() => call(...args)),
    );

  const db: Db = wrap(
    ctx.db,
    (name, call) =>
      (...args: unknown[]) =>
        clientWrites.has(name) ? write(() => call(...args)) : read(() => call(...args)),
  );
  const isInTransaction = (args: unknown[]): boolean => args.some((arg) => typeof arg === "object" && arg !== null && "db" in arg);
  const boss: PgBoss = wrap(ctx.boss, (name, call) => (...args: unknown[]) => {
    if (isInTransaction(args)) return call(...args);
    return bossWrites.has(name) ? write(() => call(...args)) : read(() => call(...args));
  });

  return {
    get writes() {
      return writes;
    },
    happened,
    ctx: { ...ctx, db, boss },
    fault: {
      choose({ method, key }) {
        if (dead) return "hang";
        if (method === "GET" || method === "HEAD" || !isOwn(key) || !isLast()) return undefined;
        return mode === "before" ? "hang" : "hang-reply";
      },
      onLost: crashed,
    },
  };
}
