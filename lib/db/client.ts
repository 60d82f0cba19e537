import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client.ts";

export type Db = PrismaClient;
/** A client inside an interactive transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/** @param max size of the connection pool */
export function createDb(connectionString: string, max = 10): Db {
  // Transactions queue up behind a job's row lock; Prisma's own limits are meant for a request, not for that.
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString, max, keepAlive: true, connectionTimeoutMillis: 15_000, query_timeout: 60_000 }),
    transactionOptions: { maxWait: 15_000, timeout: 15_000 },
  });
}
