import { performance } from "node:perf_hooks";
import { messageOf } from "#lib/errors.ts";
import { preemptJob } from "#lib/jobs/halt-job.ts";
import { noteDelay } from "#lib/jobs/note-delay.ts";
import { type Renewal, renewChunks } from "#lib/jobs/renew-chunks.ts";
import { restJob } from "#lib/jobs/rest-job.ts";
import { takeChunk } from "#lib/jobs/take-chunk.ts";
import { createAdmission } from "#lib/s3/admission.ts";
import { shareOf } from "#lib/s3/cap.ts";
import type { EngineContext } from "./engine-context.ts";
import { type ChunkUnderWay, executeChunk } from "./execute-chunk.ts";
import { createExecutorMeter, type ExecutorMetrics } from "./executor-meter.ts";
import { createJobSessions, type JobSession, lacksKeys } from "./job-sessions.ts";
import { createTeller } from "./tell-progress.ts";

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
  metrics(): ExecutorMetrics;
  /** Ends it, when all that is to be recorded is. */
  close(): Promise<void>;
}

const beatMs = 1_000;
/** Between two that changes of jobs asked for: a storm of changes must not keep the database busy. */
const restBetweenBeatsMs = 200;
/** A chunk that takes longer is split: what ran is safe then, and its place free for others. */
const longMs = 10 * 60_000;
/** An endpoint that is away for this long gives its places to others, if any wait. */
const patienceMs = 10_000;
const loadMs = 50;
/** Of the event loop's time; above it, more requests at once would only wait in this process. */
const saturation = 0.95;

export function createChunkRunner(ctx: EngineContext, executorId: string): ChunkRunner {
  const admission = createAdmission();
  const meter = createExecutorMeter(admission);
  const sessions = createJobSessions(ctx, admission, executorId);
  const underWay = new Map<string, ChunkUnderWay>();
  const teller = createTeller(ctx, executorId, underWay, sessions.tails);
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

  /** What is to become of a chunk, at once; what is to be written about it comes later. */
  const apply = (chunk: ChunkUnderWay, renewal: Renewal): void => {
    const { session, run } = chunk;
    if (renewal.next === "lost") {
      run.stop("lost");
      return;
    }
    const { connection, job } = renewal;
    session.lane.endpoint.cap.setShare(shareOf(connection, connection.rank, connection.count), Date.now());
    for (const other of session.others) {
      // Who runs chunks of that connection itself knows its share better.
      if ([...underWay.values()].some((one) => one.session.connection.id === other.connectionId)) continue;
      other.lane.endpoint.cap.setShare(shareOf(other.connection, job.rank, job.count), Date.now());
    }
    session.lane.jobCap.setShare(shareOf(job, job.rank, job.count), Date.now());
    session.priority = renewal.priority;
    if (renewal.watched) session.tail.open();
    else session.tail.close();
    if (renewal.next === "preempt") run.stop("yield");
    else if (renewal.next !== "go on") run.stop(renewal.next);
    // The next one to take a chunk of it finds out why, and has the job wait.
    else if (givesWay(chunk, renewal) || lacksKeys(session)) run.stop("yield");
    else if (hasRunLong(chunk) || keysChanged(session, renewal)) run.stop("settle");
  };

  const note = async (chunk: ChunkUnderWay, renewal: Renewal): Promise<void> => {
    if (renewal.next === "lost") return;
    const { jobId } = chunk.lease;
    if (renewal.next === "preempt") await preemptJob(ctx, jobId);
    const away = chunk.session.sender.away();
    if (away !== null) await noteDelay(ctx, jobId, `The endpoint does not answer (${away.reason}). The job goes on when it does.`);
    if (givesWay(chunk, renewal)) await restJob(ctx, jobId);
  };

  const renew = async () => {
    const chunks = [...underWay.values()];
    const renewals = await renewChunks(ctx, executorId, chunks);
    const answered = chunks.flatMap((chunk) => {
      const renewal = renewals.get(chunk.lease.chunkId);
      return renewal && underWay.get(chunk.lease.chunkId) === chunk ? [{ chunk, renewal }] : [];
    });
    for (const { chunk, renewal } of answered) apply(chunk, renewal);
    admission.sort();
    admission.wake();
    for (const { chunk, renewal } of answered) await note(chunk, renewal);
    sessions.closeIdle();
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
        setTimeout(() => void beat(), restBetweenBeatsMs);
      });
    return beating;
  };
  const beats = setInterval(() => void beat(), beatMs);

  const keep = async (chunk: ChunkUnderWay) => {
    underWay.set(chunk.lease.chunkId, chunk);
    if (stopping.signal.aborted) chunk.run.stop("yield");
    const { job, connection, others } = chunk.session;
    meter.name(connection.id, connection.name);
    for (const other of others) meter.name(other.connectionId, other.connection.name);
    // Before its first request: a limit holds from the start.
    if ([job.maxInFlight, job.maxRequestsPerSecond, connection.maxInFlight, connection.maxRequestsPerSecond].some((limit) => limit !== null)) {
      // One that is under way has not seen this chunk.
      await beating;
      await beat();
    }
    let kept = true;
    return async () => {
      if (!kept) return;
      kept = false;
      underWay.delete(chunk.lease.chunkId);
      teller.ended(chunk);
      counted += chunk.live.succeeded + chunk.live.failed;
      meter.ran(job.operation, chunk.live);
      await beating;
    };
  };

  return {
    async runNext() {
      const taken = await takeChunk(ctx, executorId);
      if (!taken) {
        sessions.closeIdle();
        return false;
      }
      meter.taken();
      const outcome = await executeChunk(ctx, taken, { sessions, onFree: admission.onFree, keep, failed: meter.failed, stopping: stopping.signal });
      meter.ended(outcome);
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
    metrics: () => meter.read([...underWay.values()].map(({ session, live }) => ({ operation: session.job.operation, live }))),
    async close() {
      clearInterval(measureLoad);
      clearInterval(beats);
      await teller.close();
      sessions.closeAll();
    },
  };
}

const hasRunLong = ({ startedAt }: ChunkUnderWay): boolean => Date.now() - startedAt > longMs;

const keysChanged = ({ role, connection }: JobSession, renewal: Renewal): boolean =>
  renewal.roleUpdatedAt.getTime() !== role.updatedAt.getTime() || renewal.connectionUpdatedAt.getTime() !== connection.updatedAt.getTime();

function givesWay({ session }: ChunkUnderWay, { othersWait }: Renewal): boolean {
  const away = session.sender.away();
  return othersWait && away !== null && Date.now() - away.since > patienceMs;
}
