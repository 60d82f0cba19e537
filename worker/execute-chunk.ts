import { setTimeout as sleep } from "node:timers/promises";
import type { Chunk } from "#lib/db/generated/client.ts";
import { messageOf } from "#lib/errors.ts";
import { abandonJob } from "#lib/jobs/abandon-job.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { noteDelay } from "#lib/jobs/note-delay.ts";
import { type Lease, releaseChunk, renewChunk } from "#lib/jobs/take-chunk.ts";
import { openUpload } from "#lib/reports/stream-upload.ts";
import { createWorkArea, partKey } from "#lib/reports/work-area.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { countChunk } from "./count-chunk.ts";
import { discardParts } from "./discard-parts.ts";
import type { EngineContext } from "./engine-context.ts";
import type { JobSession, JobSessions } from "./job-sessions.ts";
import { readTasks } from "./read-tasks.ts";
import { runChunk } from "./run-chunk.ts";
import { workAreaRefusal } from "./work-area-refusal.ts";

const renewMs = 1_000;
/** How long a chunk that S3 kept from being run rests before anybody takes it again. */
const restMs = 2_000;

export interface Execution {
  sessions: JobSessions;
  inFlight: { enter(): Promise<void>; leave(): void };
  /** The executor is to stop: the chunk is given back. */
  stopping: AbortSignal;
}

/** Runs one leased chunk to its count, or gives it back. Never throws. */
export async function executeChunk(ctx: EngineContext, lease: Lease, chunk: Chunk, execution: Execution): Promise<void> {
  let session: JobSession | null = null;
  try {
    session = await execution.sessions.enter(lease.jobId);
    if (session) await executeWith(ctx, session, lease, chunk, execution);
    else await giveBack(ctx, lease);
  } catch (error) {
    const trouble = describeTrouble(error, session);
    const fatal = trouble instanceof JobFailure;
    ctx.log[fatal ? "error" : "warn"](
      { jobId: lease.jobId, chunk: chunk.index, attempt: lease.attempt, error: messageOf(error) },
      "a chunk could not be run; it is given back",
    );
    const told = fatal ? abandonJob(ctx, lease.jobId, trouble.code, trouble.message) : noteDelay(ctx, lease.jobId, trouble);
    await told.catch((cause: unknown) => ctx.log.error({ jobId: lease.jobId, error: messageOf(cause) }, "could not tell why on the job"));
    if (!fatal) await sleep(restMs, undefined, { signal: execution.stopping }).catch(() => undefined);
    await giveBack(ctx, lease);
  } finally {
    if (session) execution.sessions.leave(session);
  }
}

async function executeWith(ctx: EngineContext, session: JobSession, lease: Lease, chunk: Chunk, { inFlight, stopping }: Execution): Promise<void> {
  const { definition, connection, workS3 } = session;
  const { Report } = definition;
  const area = createWorkArea(workS3, connection, lease.jobId);
  // `end` stops new tasks; `lost` says that the result is nobody's.
  const end = new AbortController();
  let lost = false;
  const live = { succeeded: 0, failed: 0 };
  const renewal = keepRenewing(ctx, session, lease, live, (answer) => {
    lost ||= answer === "lost";
    end.abort();
  });
  const signal = AbortSignal.any([end.signal, stopping]);
  try {
    const run = await runChunk({
      tasks: readTasks(session, chunk, signal),
      compile: session.compile,
      sender: session.sender,
      inFlight,
      signal,
      live,
      lost: () => lost,
      openPart: (status) => {
        if (!Report.Enabled || (status === "succeeded" && Report.ReportScope === "FailedTasksOnly")) return null;
        const key = partKey(area, chunk.index, lease.attempt, status);
        return { key, upload: openUpload(workS3, area.bucket, key) };
      },
    });
    await renewal.stop();
    if (!run) return ctx.log.warn({ jobId: lease.jobId, chunk: chunk.index }, "the lease was lost; another executor has the chunk");
    const { cutShort, ...result } = run;
    const ran = result.succeeded + result.failed;
    if (ran !== chunk.rows && !signal.aborted) {
      throw new JobFailure("ManifestUnreadable", `Chunk ${chunk.index} of the manifest has ${ran} rows where ${chunk.rows} were counted.`);
    }
    if (!end.signal.aborted && stopping.aborted && (cutShort || ran < chunk.rows)) await giveBack(ctx, lease);
    else if (!(await countChunk(ctx, lease, result))) await discardParts(ctx, area, lease, result);
  } finally {
    await renewal.stop();
  }
}

/** Renews the lease and shows progress every second. A database that does not answer ends nothing: the fence decides later. */
function keepRenewing(
  ctx: EngineContext,
  { sender }: JobSession,
  lease: Lease,
  live: { succeeded: number; failed: number },
  onEnd: (answer: "stop" | "lost") => void,
) {
  let renewing: Promise<void> | null = null;
  const renew = async () => {
    const answer = await renewChunk(ctx, lease, live);
    if (answer !== "go on") onEnd(answer);
    const away = sender.away();
    if (away !== null) await noteDelay(ctx, lease.jobId, `The endpoint does not answer (${away}). The job goes on when it does.`);
  };
  const timer = setInterval(() => {
    renewing ??= renew()
      .catch((error: unknown) => ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "could not renew a lease"))
      .finally(() => {
        renewing = null;
      });
  }, renewMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await renewing;
    },
  };
}

async function giveBack(ctx: EngineContext, lease: Lease): Promise<void> {
  // One that cannot be given back is free once its lease runs out.
  await releaseChunk(ctx, lease).catch((error: unknown) => ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "could not give a chunk back"));
}

/** What stopped a chunk: a refusal fails the job, since the chunk would only run its tasks again and again; the rest passes. */
function describeTrouble(error: unknown, session: JobSession | null): JobFailure | string {
  if (error instanceof JobFailure) return error;
  const failure = s3Failure(error);
  if (!failure || !session) {
    return "A chunk could not be run because of an error of Longshore's own; it is tried again. The worker's log has it under the job's id.";
  }
  if (failure.kind === "refused") return workAreaRefusal(session.connection, failure);
  return `${session.connection.endpoint} does not answer (${failure.httpStatus || "no answer"} ${failure.code}). The job goes on when it does.`;
}
