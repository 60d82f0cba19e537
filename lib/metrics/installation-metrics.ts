import { setTimeout as sleep } from "node:timers/promises";
import { bossSchema } from "../db/boss.ts";
import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { JobStatus } from "../db/generated/enums.ts";
import { duplicatesQueue, preflightQueue, prepareQueue, probeQueue, reportQueue } from "../jobs/queues.ts";
import { runningStatuses } from "../jobs/transition.ts";
import { isSilent } from "../jobs/workers.ts";

/** What the database knows of the whole installation. */
export interface Installation {
  jobs: Record<string, number>;
  /** Steps and chunks by queue: those that wait, and those that somebody has. */
  queues: Record<string, { waiting: number; active: number }>;
  workers: { alive: number; draining: number };
  /** Deliveries that wait for a try, and those that were given up in the last 14 days. */
  notifications: { waiting: number; givenUp: number };
}

const freshMs = 5_000;
const patienceMs = 5_000;
const stepQueues = [prepareQueue, preflightQueue, reportQueue, duplicatesQueue, probeQueue];
const chunks = "chunks";

/** Reads it, but not more often than every five seconds, however often it is asked. @returns a function that gives null while the database is away */
export function createInstallationReader(db: Pick<Db, "$queryRaw">, clock: () => number = Date.now): () => Promise<Installation | null> {
  let last: { at: number; of: Promise<Installation | null> } | null = null;
  return () => {
    if (last === null || clock() - last.at >= freshMs)
      last = { at: clock(), of: Promise.race([read(db).catch(() => null), sleep(patienceMs, null, { ref: false })]) };
    return last.of;
  };
}

async function read(db: Pick<Db, "$queryRaw">): Promise<Installation> {
  const [jobs, steps, waits, [workers], [deliveries]] = await Promise.all([
    db.$queryRaw<{ status: string; count: bigint }[]>`SELECT status::text, count(*) FROM "Job" GROUP BY status`,
    db.$queryRaw<{ name: string; active: boolean; count: bigint }[]>`
      SELECT name, state = 'active' AS active, count(*) FROM ${Prisma.raw(`${bossSchema}.job`)}
      WHERE name = ANY(${stepQueues}) AND state <= 'active' GROUP BY 1, 2`,
    db.$queryRaw<{ status: string; count: bigint }[]>`
      SELECT c.status::text, count(*) FROM "Job" j JOIN "Chunk" c ON c."jobId" = j.id
      WHERE j.status = ANY(${[...runningStatuses]}::"JobStatus"[]) AND c.status IN ('Pending', 'Running') GROUP BY 1`,
    db.$queryRaw<{ alive: bigint; draining: bigint }[]>`
      SELECT count(*) FILTER (WHERE NOT draining) AS alive, count(*) FILTER (WHERE draining) AS draining FROM "Worker" WHERE NOT ${isSilent}`,
    db.$queryRaw<{ waiting: bigint; givenUp: bigint }[]>`
      SELECT count(*) FILTER (WHERE "dueAt" IS NOT NULL) AS waiting, count(*) FILTER (WHERE "dueAt" IS NULL) AS "givenUp"
      FROM "NotificationDelivery" WHERE "deliveredAt" IS NULL`,
  ]);
  const countOf = (rows: { count: bigint }[]) => rows.reduce((sum, { count }) => sum + Number(count), 0);
  const queue = (name: string) => ({
    waiting: countOf(steps.filter((row) => row.name === name && !row.active)),
    active: countOf(steps.filter((row) => row.name === name && row.active)),
  });
  return {
    jobs: Object.fromEntries(Object.values(JobStatus).map((status) => [status, countOf(jobs.filter((row) => row.status === status))])),
    queues: {
      ...Object.fromEntries(stepQueues.map((name) => [name, queue(name)])),
      [chunks]: { waiting: countOf(waits.filter(({ status }) => status === "Pending")), active: countOf(waits.filter(({ status }) => status === "Running")) },
    },
    workers: { alive: Number(workers?.alive ?? 0), draining: Number(workers?.draining ?? 0) },
    notifications: { waiting: Number(deliveries?.waiting ?? 0), givenUp: Number(deliveries?.givenUp ?? 0) },
  };
}
