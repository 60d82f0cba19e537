import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";

/** A worker reports itself every second; silent for this long, it is taken for dead and its leases go to others. */
const silenceSeconds = 8;

/** All by the database's clock: those of two machines differ. */
const now = Prisma.sql`(now() AT TIME ZONE 'UTC')`;
const silentSince = Prisma.sql`${now} - make_interval(secs => ${silenceSeconds})`;

/** Whether a worker's row is one of a dead worker. */
export const isSilent = Prisma.sql`("lastSeenAt" <= ${silentSince})`;

export interface WorkerPresence {
  id: string;
  hostname: string;
  pid: number;
  executors: number;
}

/** Says that a worker is alive. */
export async function reportAlive(db: Db, worker: WorkerPresence): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Worker" (id, hostname, pid, executors, "startedAt", "lastSeenAt")
    VALUES (${worker.id}, ${worker.hostname}, ${worker.pid}, ${worker.executors}, ${now}, ${now})
    ON CONFLICT (id) DO UPDATE SET "lastSeenAt" = ${now}`;
}

export const countAlive = (db: Pick<Db, "$queryRaw">): Prisma.PrismaPromise<{ alive: bigint }[]> =>
  db.$queryRaw<{ alive: bigint }[]>`SELECT count(*) AS alive FROM "Worker" WHERE "lastSeenAt" > ${silentSince}`;

export const findSilent = (db: Db): Promise<{ id: string; hostname: string }[]> =>
  db.$queryRaw`SELECT id, hostname FROM "Worker" WHERE "lastSeenAt" < ${silentSince}`;

/** Forgets a worker, unless it has spoken again. */
export async function forgetSilent(db: Db, workerId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM "Worker" WHERE id = ${workerId} AND "lastSeenAt" < ${silentSince}`;
}
