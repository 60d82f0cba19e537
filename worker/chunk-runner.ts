import { performance } from "node:perf_hooks";
import { messageOf } from "#lib/errors.ts";
import { preemptJob } from "#lib/jobs/halt-job.ts";
import { noteDelay } from "#lib/jobs/note-delay.ts";
import { type Renewal, renewChunks } from "#lib/jobs/renew-chunks.ts";
import { takeChunk } from "#lib/jobs/take-chunk.ts";
import { createAdmission } from "#lib/s3/admission.ts";
import { shareOf } from "#lib/s3/cap.ts";
import type { EngineContext } from "./engine-context.ts";
import { type ChunkUnderWay, executeChunk } from "./execute-chunk.ts";
import { createJobSessions } from "./job-sessions.ts";

/** Runs the chunks of one executor, and keeps their leases. */
export interface ChunkRunner {
  /** Takes a chunk and runs it to its count. @returns false when there is none */
  runNext(): Promise<boolean>;
  /** Looks now, instead of within a second, at what is to become of the chunks under way. */
  beat(): void;
  /** Has the chunks under way counted as far as they are, and the rest of them given back. */
  drain(): void;
  /** Tasks run since the start. */
  tasksRun(): number;
  close(): void;
}

const beatMs = 1_000;
const loadMs = 50;
/** Of the event loop's time; above it, more requests at once would only wait in this process. */
const saturation = 0.95;

export function createChunkRunner(ctx: EngineContext, executorId: string): ChunkRunner {
  const admission = createAdmission();
  const sessions = createJobSessions(ctx, admission);
  const underWay = new Map<string, ChunkUnderWay>();
  const stopping = new AbortController();
  let counted = 0;
  let beating: Promise<void> | null = null;
  let again = false;
  let load = performance.eventLoopUtilization();

  const measureLoad = setInterval(() => {
    const now = performance.eventLoopUtilization();
    admission.setSaturated(performance.eventLoopUtilization(now, load).utilization > saturation);
    load = now;
  }, loadMs);

  const apply = async ({ lease, session, run }: ChunkUnderWay, { next, connection, job }: Renewal) => {
    session.lane.endpoint.cap.setShare(shareOf(connection, connection.rank, connection.count), Date.now());
    session.lane.jobCap.setShare(shareOf(job, job.rank, job.count), Date.now());
    if (next === "preempt") {
      run.stop("yield");
      await preemptJob(ctx, lease.jobId);
    } else if (next !== "go on") run.stop(next);
    const away = session.sender.away();
    if (away !== null) await noteDelay(ctx, lease.jobId, `The endpoint does not answer (${away}). The job goes on when it does.`);
  };

  const renew = async () => {
    const chunks = [...underWay.values()];
    const renewals = await renewChunks(ctx, executorId, chunks);
    for (const chunk of chunks) {
      const renewal = renewals.get(chunk.lease.chunkId);
      if (renewal) await apply(chunk, renewal);
    }
    admission.wake();
  };

  /** One at a time; asked for while one is under way, another follows. A database that does not answer ends nothing: the fence decides later. */
  const beat = (): Promise<void> => {
    if (beating) {
      again = true;
      return beating;
    }
    beating = renew()
      .catch((error: unknown) => ctx.log.warn({ error: messageOf(error) }, "could not renew leases"))
      .then(() => {
        beating = null;
        if (!again) return;
        again = false;
        return beat();
      });
    return beating;
  };
  const beats = setInterval(() => void beat(), beatMs);

  const keep = async (chunk: ChunkUnderWay) => {
    underWay.set(chunk.lease.chunkId, chunk);
    if (stopping.signal.aborted) chunk.run.stop("yield");
    const { job, connection } = chunk.session;
    // Before its first request: a limit holds from the start.
    if ([job.maxInFlight, job.maxRequestsPerSecond, connection.maxInFlight, connection.maxRequestsPerSecond].some((limit) => limit !== null)) await beat();
    let kept = true;
    return async () => {
      if (!kept) return;
      kept = false;
      underWay.delete(chunk.lease.chunkId);
      counted += chunk.live.succeeded + chunk.live.failed;
      await beating;
    };
  };

  return {
    async runNext() {
      const taken = await takeChunk(ctx, executorId);
      if (!taken) {
        if (underWay.size === 0) sessions.closeIdle();
        return false;
      }
      await executeChunk(ctx, taken.lease, taken.chunk, { sessions, onFree: admission.onFree, keep, stopping: stopping.signal });
      return true;
    },
    beat: () => void beat(),
    drain() {
      stopping.abort();
      for (const { run } of underWay.values()) run.stop("yield");
    },
    tasksRun() {
      let under = 0;
      for (const { live } of underWay.values()) under += live.succeeded + live.failed;
      return counted + under;
    },
    close() {
      clearInterval(measureLoad);
      clearInterval(beats);
      sessions.closeIdle();
    },
  };
}
