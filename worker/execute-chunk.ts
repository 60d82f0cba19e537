import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "#lib/errors.ts";
import type { Chunk } from "#lib/db/generated/client.ts";
import { abandonJob } from "#lib/jobs/abandon-job.ts";
import { type ChunkResult, completeChunk } from "#lib/jobs/complete-chunk.ts";
import { PrepareFailure } from "#lib/jobs/prepare-failure.ts";
import { type Lease, releaseChunk, renewChunk } from "#lib/jobs/take-chunk.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { createRowParser } from "#lib/manifests/parse-row.ts";
import { splitLines } from "#lib/manifests/split-lines.ts";
import type { Task } from "#lib/operations/operation.ts";
import { compileOperation } from "#lib/operations/registry.ts";
import { openUpload } from "#lib/reports/stream-upload.ts";
import { createWorkArea, partKey } from "#lib/reports/work-area.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { createTaskSender } from "#lib/s3/task-sender.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import { runChunk } from "./run-chunk.ts";

const renewMs = 1_000;
/** How long a chunk that S3 kept from being run rests before anybody takes it again. */
const restMs = 2_000;

interface Execution {
  inFlight: { enter(): Promise<void>; leave(): void };
  connections: number;
  /** The executor is to stop: the chunk is given back. */
  stopping: AbortSignal;
}

/** Runs one leased chunk to its count, or gives it back. Never throws. */
export async function executeChunk(ctx: EngineContext, lease: Lease, chunk: Chunk, execution: Execution): Promise<void> {
  const log = ctx.log.child({ jobId: lease.jobId, chunk: chunk.index, attempt: lease.attempt });
  const loaded = await loadJob(ctx, lease.jobId).catch((error: unknown) => {
    log.error({ error: messageOf(error) }, "the job cannot be read; the chunk is given back");
    return null;
  });
  if (!loaded) {
    await sleep(restMs);
    return giveBack(ctx, lease);
  }
  // `end` stops new tasks; `lost` says that the result is nobody's.
  const end = new AbortController();
  let lost = false;
  const stop = () => end.abort();
  execution.stopping.addEventListener("abort", stop, { once: true });
  if (execution.stopping.aborted) stop();
  const live = { succeeded: 0, failed: 0 };
  const renewal = keepRenewing(ctx, lease, live, (answer) => {
    lost ||= answer === "lost";
    end.abort();
  });
  try {
    const result = await perform(loaded, lease, chunk, { ...execution, signal: end.signal, live });
    await renewal.stop();
    const ran = result.succeeded + result.failed;
    if (ran !== chunk.rows && !end.signal.aborted) {
      throw new PrepareFailure("ManifestUnreadable", `Chunk ${chunk.index} of the manifest has ${ran} rows where ${chunk.rows} were counted.`);
    }
    if (lost) log.warn("the lease was lost; another executor has the chunk");
    else if (execution.stopping.aborted && ran < chunk.rows) await giveBack(ctx, lease);
    else await count(ctx, lease, result);
  } catch (error) {
    await renewal.stop();
    const refused = error instanceof PrepareFailure ? { code: error.code, reason: error.message } : refusedPart(error, loaded);
    log.error({ error: messageOf(error) }, refused ? "the job cannot go on" : "the chunk could not be run; it is given back");
    if (refused) await abandonJob(ctx, lease.jobId, refused.code, refused.reason).catch((cause: unknown) => log.error({ error: messageOf(cause) }, "could not fail the job"));
    else await sleep(restMs);
    await giveBack(ctx, lease);
  } finally {
    execution.stopping.removeEventListener("abort", stop);
    loaded.close();
  }
}

async function perform(loaded: LoadedJob, lease: Lease, chunk: Chunk, run: Execution & { signal: AbortSignal; live: { succeeded: number; failed: number } }): Promise<ChunkResult> {
  const { definition, connection, workS3, target } = loaded;
  const { Report, Manifest } = definition;
  const area = createWorkArea(workS3, connection, lease.jobId);
  const sender = createTaskSender(target, run.connections);
  try {
    return await runChunk({
      tasks: readTasks(loaded, chunk, Manifest.Spec.Fields),
      compile: compileOperation(definition.Operation),
      sender,
      inFlight: run.inFlight,
      signal: run.signal,
      live: run.live,
      openPart: (status) => {
        if (!Report.Enabled || (status === "succeeded" && Report.ReportScope === "FailedTasksOnly")) return null;
        const key = partKey(area, chunk.index, lease.attempt, status);
        return { key, upload: openUpload(workS3, area.bucket, key) };
      },
    });
  } finally {
    await sender.close();
  }
}

async function* readTasks({ s3, definition }: LoadedJob, chunk: Chunk, fields: Parameters<typeof createRowParser>[0]): AsyncGenerator<Task[]> {
  const start = Number(chunk.byteStart);
  const { stream } = await openManifest(s3, definition.Manifest, { start, end: Number(chunk.byteEnd) });
  const parse = createRowParser(fields, false);
  try {
    for await (const lines of splitLines(stream, start)) yield lines.map((line) => parse(line.text));
  } finally {
    stream.destroy();
  }
}

/** Renews the lease and shows progress every second. A database that does not answer ends nothing: the fence decides later. */
function keepRenewing(ctx: EngineContext, lease: Lease, live: { succeeded: number; failed: number }, onEnd: (answer: "stop" | "lost") => void) {
  let renewing = Promise.resolve();
  const timer = setInterval(() => {
    renewing = renewing
      .then(async () => {
        const answer = await renewChunk(ctx, lease, live);
        if (answer !== "go on") onEnd(answer);
      })
      .catch((error: unknown) => ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "could not renew a lease"));
  }, renewMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await renewing;
    },
  };
}

/** A result is worth waiting for: while the database is away, it is offered again. Counted or fenced off, but once. */
async function count(ctx: EngineContext, lease: Lease, result: ChunkResult): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      const counted = await completeChunk(ctx, lease, result);
      if (!counted) ctx.log.warn({ jobId: lease.jobId, chunkId: lease.chunkId }, "a chunk was not counted: its lease was lost");
      return;
    } catch (error) {
      ctx.log.warn({ jobId: lease.jobId, chunkId: lease.chunkId, tries, error: messageOf(error) }, "a chunk could not be counted; trying again");
      if (tries === 60) return;
      await sleep(1_000);
    }
  }
}

async function giveBack(ctx: EngineContext, lease: Lease): Promise<void> {
  // One that cannot be given back is free once its lease runs out.
  await releaseChunk(ctx, lease).catch((error: unknown) => ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "could not give a chunk back"));
}

function refusedPart(error: unknown, { connection }: LoadedJob): { code: string; reason: string } | null {
  const failure = s3Failure(error);
  if (failure?.kind !== "refused") return null;
  const where = `s3://${connection.workBucket}/${connection.workPrefix}`;
  return { code: "WorkAreaForbidden", reason: `The connection "${connection.name}" may not write to its work area ${where}: ${failure.httpStatus} ${failure.code}` };
}
