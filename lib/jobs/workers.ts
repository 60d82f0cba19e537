import type { Prisma } from "../db/generated/client.ts";

/** A worker reports itself every second; silent for this long, it is taken for dead and its leases go to others. */
export const workerSilenceMs = 8_000;

export const workerIsAlive = (now: Date): Prisma.WorkerWhereInput => ({ lastSeenAt: { gt: new Date(now.getTime() - workerSilenceMs) } });
