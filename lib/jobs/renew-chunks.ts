import { fromPrisma } from "pg-boss";
import type { Tx } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import type { Context } from "./context.ts";
import { exceedsThreshold } from "./failure-threshold.ts";
import { isWatched } from "./job-tail.ts";
import { chunkQueue, leaseSeconds, wasHeld } from "./queues.ts";
import type { Lease } from "./take-chunk.ts";
import { isRunnable, isTerminal, runningStatuses } from "./transition.ts";
import { withinLimits } from "./within-limits.ts";
import { chunksPerExecutor, workersAtWork } from "./workers.ts";

/** A chunk that an executor runs, with what it has run of it so far. */
export interface RunningChunk {
  lease: Lease;
  live: { succeeded: number; failed: number };
}

/** What a limit is shared by: the executors at work, and this one's place among them. */
export interface Crowd {
  maxInFlight: number | null;
  maxRequestsPerSecond: number | null;
  rank: number;
  count: number;
}

/**
 * What is to become of a running chunk: `yield` counts what ran and gives back the rest, `settle` does so once its tasks have
 * had all their tries, `preempt` is a yield to a job of higher priority, `end` counts what ran of a job that ends, `lost`
 * means that it is somebody else's.
 */
export interface Renewal {
  next: "go on" | "settle" | "yield" | "preempt" | "end" | "lost";
  connection: Crowd;
  job: Crowd;
  priority: number;
  /** Chunks of other connections wait, and no place is free for them. */
  othersWait: boolean;
  /** Somebody looks at the job's tasks as they end. */
  watched: boolean;
  /** When role and connection were last changed. */
  roleUpdatedAt: Date;
  connectionUpdatedAt: Date;
}

interface Row {
  id: string;
  status: JobStatus;
  pausedBy: string | null;
  succeeded: bigint;
  failed: bigint;
  yields: boolean;
  priority: number;
  othersWait: boolean;
  watched: boolean;
  roleUpdatedAt: Date;
  connectionUpdatedAt: Date;
  jobMaxInFlight: number | null;
  jobMaxRequestsPerSecond: number | null;
  maxInFlight: number | null;
  maxRequestsPerSecond: number | null;
  jobRank: bigint;
  jobCount: bigint;
  connectionRank: bigint;
  connectionCount: bigint;
}

/** Waiting chunks of one job that are counted at the most: more than any fleet has places for. */
const maxWaiting = 200;
/** Jobs that are looked at for waiting chunks. */
const maxJobs = 100;

/**
 * Keeps an executor's leases alive, shows what it has run so far, and says what is to become of each of its chunks.
 * @returns by chunk id
 */
export async function renewChunks(ctx: Pick<Context, "db" | "boss">, executorId: string, chunks: RunningChunk[]): Promise<Map<string, Renewal>> {
  if (chunks.length === 0) return new Map();
  return ctx.db.$transaction(
    async (tx) => {
      const rows = new Map((await look(tx, executorId)).map((row) => [row.id, row]));
      const renewals = new Map<string, Renewal>();
      for (const { lease } of chunks) renewals.set(lease.chunkId, await renewalOf(ctx, tx, lease, rows.get(lease.chunkId)));
      await showProgress(tx, chunks);
      return renewals;
    },
    { timeout: leaseSeconds * 1_000 },
  );
}

const noCrowd: Crowd = { maxInFlight: null, maxRequestsPerSecond: null, rank: 0, count: 1 };
const lost: Renewal = {
  next: "lost",
  connection: noCrowd,
  job: noCrowd,
  priority: 0,
  othersWait: false,
  watched: false,
  roleUpdatedAt: new Date(0),
  connectionUpdatedAt: new Date(0),
};

async function renewalOf(ctx: Pick<Context, "boss">, tx: Tx, lease: Lease, row: Row | undefined): Promise<Renewal> {
  if (!row) return lost;
  const { priority, othersWait, watched, roleUpdatedAt, connectionUpdatedAt } = row;
  return {
    next: await renew(ctx, tx, lease, row),
    connection: crowd(row.maxInFlight, row.maxRequestsPerSecond, row.connectionRank, row.connectionCount),
    job: crowd(row.jobMaxInFlight, row.jobMaxRequestsPerSecond, row.jobRank, row.jobCount),
    priority,
    othersWait,
    watched,
    roleUpdatedAt,
    connectionUpdatedAt,
  };
}

async function renew(ctx: Pick<Context, "boss">, tx: Tx, lease: Lease, row: Row): Promise<Renewal["next"]> {
  // An ended job's queue is gone, and with it the lease.
  if (isTerminal(row.status)) return "lost";
  const touched = await ctx.boss.touch(chunkQueue(lease.jobId), { id: lease.chunkId, retryCount: lease.attempt }, { db: fromPrisma(tx) });
  if (!wasHeld(touched)) return "lost";
  if (!runningStatuses.includes(row.status)) return "end";
  if (!isRunnable(row)) return "yield";
  // Tasks that are still being tried must not keep the others from being counted, again and again.
  if (exceedsThreshold(Number(row.succeeded), Number(row.failed))) return "settle";
  return row.yields ? "preempt" : "go on";
}

const crowd = (maxInFlight: number | null, maxRequestsPerSecond: number | null, rank: bigint, count: bigint): Crowd => ({
  maxInFlight,
  maxRequestsPerSecond,
  rank: Number(rank),
  count: Math.max(1, Number(count)),
});

/**
 * A chunk yields when chunks of higher priority wait for which no place is free, and it is among the first to go: those of
 * the lowest priority. Every executor comes to the same answer, so that no more give way than are needed.
 */
const look = (tx: Tx, executorId: string): Promise<Row[]> => tx.$queryRaw<Row[]>`
  WITH working AS MATERIALIZED ${workersAtWork},
  running AS MATERIALIZED (
    SELECT c.id, c."executorId" AS executor, c."jobId", c."liveSucceeded", c."liveFailed", j.priority, r."connectionId", r."updatedAt" AS "roleUpdatedAt",
           row_number() OVER (ORDER BY j.priority, c.id) AS turn
    FROM "Chunk" c JOIN "Job" j ON j.id = c."jobId" JOIN "ExecutionRole" r ON r.id = j."roleId"
    WHERE c."executorId" IS NOT NULL),
  waiting AS MATERIALIZED (
    SELECT j.priority, j."connectionId", sum(w.chunks) AS chunks
    FROM (SELECT j.id, j.priority, r."connectionId", CASE WHEN j."canaryUntil" IS NULL THEN ${maxWaiting} ELSE 1 END AS most FROM "Job" j JOIN "ExecutionRole" r ON r.id = j."roleId" JOIN "Connection" n ON n.id = r."connectionId"
          WHERE j.status = ANY(${[...runningStatuses]}::"JobStatus"[]) AND j."pausedBy" IS NULL
            AND (j."restsUntil" IS NULL OR j."restsUntil" < (now() AT TIME ZONE 'UTC')) AND ${withinLimits}
          ORDER BY j.priority DESC LIMIT ${maxJobs}) j,
    LATERAL (SELECT count(*) AS chunks FROM (SELECT 1 FROM "Chunk" WHERE "jobId" = j.id AND status = 'Pending' LIMIT j.most) waits) w
    GROUP BY j.priority, j."connectionId"),
  idle AS (
    SELECT greatest(0, (SELECT coalesce(sum(w.executors), 0) * ${chunksPerExecutor} FROM working w)
                       - (SELECT count(*) FROM running o WHERE EXISTS (SELECT 1 FROM working w WHERE starts_with(o.executor, w.id)))) AS places)
  SELECT mine.id, j.status, j."pausedBy",
         j."succeededTasks" + (SELECT coalesce(sum(o."liveSucceeded"), 0) FROM running o WHERE o."jobId" = mine."jobId") AS succeeded,
         j."failedTasks" + (SELECT coalesce(sum(o."liveFailed"), 0) FROM running o WHERE o."jobId" = mine."jobId") AS failed,
         mine.turn <= (SELECT coalesce(sum(w.chunks), 0) FROM waiting w WHERE w.priority > mine.priority) - (SELECT places FROM idle) AS yields,
         mine.priority, mine."roleUpdatedAt", n."updatedAt" AS "connectionUpdatedAt",
         (SELECT coalesce(sum(w.chunks), 0) FROM waiting w WHERE w."connectionId" <> mine."connectionId") > (SELECT places FROM idle) AS "othersWait",
         ${isWatched(Prisma.sql`mine."jobId"`)} AS watched,
         j."maxInFlight" AS "jobMaxInFlight", j."maxRequestsPerSecond" AS "jobMaxRequestsPerSecond",
         n."maxInFlight", n."maxRequestsPerSecond",
         (SELECT count(DISTINCT o.executor) FROM running o WHERE o."jobId" = mine."jobId") AS "jobCount",
         (SELECT count(DISTINCT o.executor) FROM running o WHERE o."jobId" = mine."jobId" AND o.executor < mine.executor) AS "jobRank",
         (SELECT count(DISTINCT o.executor) FROM running o WHERE o."connectionId" = mine."connectionId") AS "connectionCount",
         (SELECT count(DISTINCT o.executor) FROM running o WHERE o."connectionId" = mine."connectionId" AND o.executor < mine.executor) AS "connectionRank"
  FROM running mine JOIN "Job" j ON j.id = mine."jobId" JOIN "Connection" n ON n.id = mine."connectionId"
  WHERE mine.executor = ${executorId}`;

async function showProgress(tx: Tx, chunks: RunningChunk[]): Promise<void> {
  const rows = chunks.map(({ lease, live }) => Prisma.sql`(${lease.chunkId}::uuid, ${lease.attempt}::int, ${live.succeeded}::int, ${live.failed}::int)`);
  await tx.$executeRaw`
    UPDATE "Chunk" c SET "liveSucceeded" = seen.succeeded, "liveFailed" = seen.failed
    FROM (VALUES ${Prisma.join(rows)}) AS seen (id, attempt, succeeded, failed)
    WHERE c.id = seen.id AND c.attempt = seen.attempt AND c.status = 'Running'`;
}
