import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";

/** A worker reports itself every second; silent for this long, it is taken for dead and its leases go to others. */
const silenceSeconds = 8;

/** All by the database's clock: those of two machines differ. */
const now = Prisma.sql`(now() AT TIME ZONE 'UTC')`;
const silentSince = Prisma.sql`${now} - make_interval(secs => ${silenceSeconds})`;

/** Whether a worker's row is one of a dead worker. */
export const isSilent = Prisma.sql`("lastSeenAt" <= ${silentSince})`;

/** An executor runs two at a time, so that the end of one does not leave the wire idle. */
export const chunksPerExecutor = 2;

export interface WorkerPresence {
  id: string;
  hostname: string;
  pid: number;
  executors: number;
  draining: boolean;
  tasksPerSecond: number;
}

/** Says that a worker is alive. */
export async function reportAlive(db: Db, worker: WorkerPresence): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "Worker" (id, hostname, pid, executors, draining, "tasksPerSecond", "stopsAtCanary", "startedAt", "lastSeenAt")
    VALUES (${worker.id}, ${worker.hostname}, ${worker.pid}, ${worker.executors}, ${worker.draining}, ${worker.tasksPerSecond}, true, ${now}, ${now})
    ON CONFLICT (id) DO UPDATE SET draining = EXCLUDED.draining, "tasksPerSecond" = EXCLUDED."tasksPerSecond", "lastSeenAt" = ${now}`;
}

/** The workers that take chunks. */
export const workersAtWork = Prisma.sql`(SELECT id, executors FROM "Worker" WHERE "lastSeenAt" > ${silentSince} AND NOT draining)`;

export const countAlive = (db: Pick<Db, "$queryRaw">): Prisma.PrismaPromise<{ alive: bigint }[]> =>
  db.$queryRaw<{ alive: bigint }[]>`SELECT count(*) AS alive FROM "Worker" WHERE "lastSeenAt" > ${silentSince}`;

/** One of an older version, which does not know of canaries and would run all tasks. @returns its host's name */
export async function findHasty(db: Pick<Db, "$queryRaw">): Promise<string | null> {
  const [worker] = await db.$queryRaw<{ hostname: string }[]>`
    SELECT hostname FROM "Worker" WHERE "lastSeenAt" > ${silentSince} AND NOT "stopsAtCanary" LIMIT 1`;
  return worker?.hostname ?? null;
}

/** Others than the one that asks: who asks is alive. */
export const findSilent = (db: Db, ownId: string): Promise<{ id: string; hostname: string }[]> =>
  db.$queryRaw`SELECT id, hostname FROM "Worker" WHERE "lastSeenAt" < ${silentSince} AND id <> ${ownId}`;

/** Forgets a worker, unless it has spoken again. */
export async function forgetSilent(db: Db, workerId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM "Worker" WHERE id = ${workerId} AND "lastSeenAt" < ${silentSince}`;
}
