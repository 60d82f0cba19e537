import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { coarser, finestSeconds, type JobSample, maxSamples, startOf } from "./job-samples.ts";

/** A sample in stretches of the shortest length, and whose it is. */
export interface TakenSample extends JobSample {
  jobId: string;
}

/**
 * Adds what an executor counted to what its jobs' charts are made of. Not fenced, and in no transaction with what counts: tasks
 * that ran twice are in here twice, and what an executor had not told of when it was killed is missing.
 */
export async function recordSamples(db: Db, taken: readonly TakenSample[]): Promise<void> {
  if (taken.length === 0) return;
  const jobIds = [...new Set(taken.map(({ jobId }) => jobId))];
  const kept = await db.jobSample.groupBy({ by: ["jobId"], where: { jobId: { in: jobIds } }, _max: { seconds: true }, _count: { _all: true } });
  const lengths = new Map(kept.map(({ jobId, _max }) => [jobId, _max.seconds ?? finestSeconds]));
  await add(
    db,
    taken.map((sample) => {
      const seconds = lengths.get(sample.jobId) ?? finestSeconds;
      return { ...sample, seconds, at: startOf(sample.at, seconds) };
    }),
  );
  for (const { jobId, _count } of kept) if (_count._all >= maxSamples) await makeRoom(db, jobId);
}

/** In one order for everybody, so that two who add to the same stretches wait for each other instead of deadlocking. */
async function add(db: Pick<Db, "$executeRaw">, samples: readonly TakenSample[]): Promise<void> {
  const rows = samples.map(
    ({ jobId, at, seconds, firstAt, lastAt, succeeded, failed, throttled, inFlightMs }) =>
      Prisma.sql`(${jobId}::uuid, ${new Date(at)}::timestamp, ${seconds}::int, ${new Date(firstAt)}::timestamp, ${new Date(lastAt)}::timestamp,
                  ${succeeded}::bigint, ${failed}::bigint, ${throttled}::bigint, ${inFlightMs}::float)`,
  );
  await db.$executeRaw`
    INSERT INTO "JobSample" AS kept ("jobId", at, seconds, "firstAt", "lastAt", succeeded, failed, throttled, "inFlightMs")
    SELECT s."jobId", s.at, s.seconds, min(s."firstAt"), max(s."lastAt"), sum(s.succeeded), sum(s.failed), sum(s.throttled), sum(s."inFlightMs")
    FROM (VALUES ${Prisma.join(rows)}) AS s ("jobId", at, seconds, "firstAt", "lastAt", succeeded, failed, throttled, "inFlightMs")
    WHERE EXISTS (SELECT 1 FROM "Job" j WHERE j.id = s."jobId")
    GROUP BY s."jobId", s.at, s.seconds ORDER BY s."jobId", s.at
    ON CONFLICT ("jobId", at, seconds) DO UPDATE SET
      "firstAt" = least(kept."firstAt", EXCLUDED."firstAt"), "lastAt" = greatest(kept."lastAt", EXCLUDED."lastAt"),
      succeeded = kept.succeeded + EXCLUDED.succeeded, failed = kept.failed + EXCLUDED.failed,
      throttled = kept.throttled + EXCLUDED.throttled, "inFlightMs" = kept."inFlightMs" + EXCLUDED."inFlightMs"`;
}

/**
 * Makes a job's samples fewer. What others add meanwhile stays beside them in stretches of the old length, until the next time;
 * reading and deleting are one statement, so that nothing is added in between.
 */
async function makeRoom(db: Db, jobId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtext('longshore samples'), hashtext(${jobId})) AS mine`;
    if (!turn?.mine) return;
    const gone = await tx.$queryRaw<Row[]>`DELETE FROM "JobSample" WHERE "jobId" = ${jobId}::uuid RETURNING *`;
    await add(
      tx,
      coarser(gone.map(sampleOf)).map((sample) => ({ ...sample, jobId })),
    );
  });
}

type Row = Prisma.JobSampleGetPayload<object>;

export const sampleOf = (row: Row): JobSample => ({
  at: row.at.getTime(),
  seconds: row.seconds,
  firstAt: row.firstAt.getTime(),
  lastAt: row.lastAt.getTime(),
  succeeded: Number(row.succeeded),
  failed: Number(row.failed),
  throttled: Number(row.throttled),
  inFlightMs: row.inFlightMs,
});
