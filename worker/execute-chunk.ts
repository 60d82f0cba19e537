import { setTimeout as sleep } from "node:timers/promises";
import type { Chunk } from "#lib/db/generated/client.ts";
import { messageOf } from "#lib/errors.ts";
import { abandonJob } from "#lib/jobs/abandon-job.ts";
import type { ErrorGroup } from "#lib/jobs/error-summary.ts";
import { holdJob } from "#lib/jobs/hold-job.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { noteDelay } from "#lib/jobs/note-delay.ts";
import { type Lease, releaseChunk, type TakenChunk } from "#lib/jobs/take-chunk.ts";
import { openUpload } from "#lib/reports/stream-upload.ts";
import { createWorkArea, partKey, type WorkArea } from "#lib/reports/work-area.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { RoleUnavailable } from "#lib/sts/role-failures.ts";
import { countChunk } from "./count-chunk.ts";
import { discardParts } from "./discard-parts.ts";
import type { EngineContext } from "./engine-context.ts";
import type { ChunkOutcome } from "./executor-meter.ts";
import type { JobSession, JobSessions } from "./job-sessions.ts";
import { RefusedRole } from "./load-job.ts";
import { readTasks } from "./read-tasks.ts";
import { type ChunkEnd, type RunningChunkRun, runChunk } from "./run-chunk.ts";
import { workAreaRefusal } from "./work-area-refusal.ts";

/** How long a chunk that S3 kept from being run rests before anybody takes it again. */
const restMs = 2_000;

/** A chunk that an executor is running, for who renews its lease. */
export interface ChunkUnderWay {
  lease: Lease;
  session: JobSession;
  live: { succeeded: number; failed: number };
  startedAt: number;
  run: Pick<RunningChunkRun, "stop">;
}

export interface Execution {
  sessions: JobSessions;
  onFree: (free: () => void, priority: () => number) => () => void;
  /** Keeps the chunk's lease from now on. @returns a function that ends that, when no renewal is under way any more */
  keep(chunk: ChunkUnderWay): Promise<() => Promise<void>>;
  /** Told of a chunk's failures, when it has ended. */
  failed: (errors: readonly ErrorGroup[]) => void;
  /** The executor is to stop. */
  stopping: AbortSignal;
}

/** Runs one leased chunk to its count, or gives it back. Never throws. */
export async function executeChunk(ctx: EngineContext, taken: TakenChunk, execution: Execution): Promise<ChunkOutcome> {
  const { lease, chunk } = taken;
  let session: JobSession | null = null;
  try {
    session = await execution.sessions.enter(taken);
    if (session) return await executeWith(ctx, session, taken, execution);
    await giveBack(ctx, lease);
    return "given_back";
  } catch (error) {
    const trouble = describeTrouble(error, session);
    const fatal = trouble instanceof JobFailure;
    ctx.log[fatal ? "error" : "warn"](
      { jobId: lease.jobId, chunk: chunk.index, attempt: lease.attempt, error: messageOf(error) },
      "a chunk could not be run; it is given back",
    );
    const told = fatal ? stopJob(ctx, lease.jobId, trouble) : noteDelay(ctx, lease.jobId, trouble);
    await told.catch((cause: unknown) => ctx.log.error({ jobId: lease.jobId, error: messageOf(cause) }, "could not tell why on the job"));
    if (!fatal) await sleep(restMs, undefined, { signal: execution.stopping }).catch(() => undefined);
    await giveBack(ctx, lease);
    return "given_back";
  } finally {
    if (session) execution.sessions.leave(session);
  }
}

async function executeWith(
  ctx: EngineContext,
  session: JobSession,
  { lease, chunk, limit }: TakenChunk,
  { onFree, keep, failed }: Execution,
): Promise<ChunkOutcome> {
  const { definition, connection, workS3 } = session;
  const { Report } = definition;
  const area = createWorkArea(workS3, connection, lease.jobId);
  const live = { succeeded: 0, failed: 0 };
  // Its limits are known once the lease is kept.
  const kept = Promise.withResolvers<void>();
  const run = runChunk({
    async *read(signal) {
      await kept.promise;
      yield* readTasks(session, chunk, signal);
    },
    run: session.run,
    sender: session.sender,
    start: Number(chunk.byteStart),
    // A whole chunk is none: it is held to its number of rows.
    ...(limit !== null && limit < chunk.rows && { limit }),
    onFree: (free) => onFree(free, () => session.priority),
    passes: (error) => s3Failure(error)?.kind === "unavailable",
    ended: session.tail.add,
    live,
    openPart: (status) => {
      if (!Report.Enabled || (status === "succeeded" && Report.ReportScope === "FailedTasksOnly")) return null;
      const key = partKey(area, chunk.index, lease.attempt, status);
      return { key, upload: openUpload(workS3, area.bucket, key) };
    },
  });
  let release: () => Promise<void> = async () => undefined;
  try {
    release = await keep({ lease, session, live, run, startedAt: Date.now() });
    kept.resolve();
    const end = await run.ended;
    if (end) {
      failed(end.errors);
      return await settle(ctx, area, lease, chunk, end);
    }
    ctx.log.warn({ jobId: lease.jobId, chunk: chunk.index }, "the lease was lost; another executor has the chunk");
    // If none has it yet, nobody must take it for running.
    await giveBack(ctx, lease);
    return "lost";
  } finally {
    kept.resolve();
    await release();
  }
}

/** Counts what ran, and what of it is to be run yet; or gives all of it back. */
async function settle(ctx: EngineContext, area: WorkArea, lease: Lease, chunk: Chunk, end: ChunkEnd): Promise<ChunkOutcome> {
  const ran = end.succeeded + end.failed;
  if (ran !== chunk.rows && end.stopped === null) {
    throw new JobFailure("ManifestUnreadable", `Chunk ${chunk.index} of the manifest has ${ran} rows where ${chunk.rows} were counted.`);
  }
  const yields = end.stopped === "yield" || end.stopped === "settle";
  if (yields && ran === 0) {
    await giveBack(ctx, lease);
    return "given_back";
  }
  const { stopped: _stopped, left, begun, restAt, ...result } = end;
  const unread = begun < chunk.rows ? [{ index: begun, rows: chunk.rows - begun, byteStart: restAt, byteEnd: Number(chunk.byteEnd) }] : [];
  const counted = await countChunk(ctx, lease, { ...result, rest: yields ? [...left, ...unread] : [] });
  if (counted) return "completed";
  await discardParts(ctx, area, lease, end);
  await giveBack(ctx, lease);
  return "lost";
}

async function giveBack(ctx: EngineContext, lease: Lease): Promise<void> {
  // One that cannot be given back is free once its lease runs out.
  await releaseChunk(ctx, lease).catch((error: unknown) => ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "could not give a chunk back"));
}

/** What somebody else can mend in a minute costs no job the rest of its tasks. */
const stopJob = (ctx: EngineContext, jobId: string, trouble: JobFailure): Promise<void> =>
  trouble instanceof RefusedRole ? holdJob(ctx, jobId, trouble.message) : abandonJob(ctx, jobId, trouble.code, trouble.message);

/** What stopped a chunk: a refusal fails the job, since the chunk would only run its tasks again and again; the rest passes. */
function describeTrouble(error: unknown, session: JobSession | null): JobFailure | string {
  if (error instanceof JobFailure) return error;
  if (error instanceof RoleUnavailable) return `${error.message}. The job goes on when it does.`;
  const failure = s3Failure(error);
  if (!failure || !session) {
    return "A chunk could not be run because of an error of Longshore's own; it is tried again. The worker's log has it under the job's id.";
  }
  if (failure.kind === "refused") return workAreaRefusal(session.connection, failure);
  return `${session.connection.endpoint} does not answer (${failure.httpStatus || "no answer"} ${failure.code}). The job goes on when it does.`;
}
