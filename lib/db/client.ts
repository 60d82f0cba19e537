import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Connection } from "./connection.ts";
import { PrismaClient } from "./generated/client.ts";

export type Db = PrismaClient;
/** A client inside an interactive transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** Next loads the same module several times in one process. */
const slot = globalThis as typeof globalThis & { longshorePools?: WeakMap<Db, pg.Pool> };
slot.longshorePools ??= new WeakMap();
const pools = slot.longshorePools;

/** @param max size of the connection pool */
export function createDb(connectionString: string, max = 10): Db {
  const pool = new pg.Pool({ Client: Connection, connectionString, max, keepAlive: true, connectionTimeoutMillis: 15_000, query_timeout: 60_000 });
  // Transactions queue up behind a job's row lock; Prisma's own limits are meant for a request, not for that.
  const db = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }), transactionOptions: { maxWait: 15_000, timeout: 15_000 } });
  pools.set(db, pool);
  return db;
}

/** A client's connections: those in use, those that wait for use, and how many queries wait for one. */
export function poolOf(db: Db): { used: number; idle: number; waiting: number } {
  const pool = pools.get(db);
  return pool ? { used: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount } : { used: 0, idle: 0, waiting: 0 };
}
