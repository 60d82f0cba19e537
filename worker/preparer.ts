import type { S3Client } from "@aws-sdk/client-s3";
import { messageOf } from "#lib/errors.ts";
import { parseS3Arn } from "#lib/jobs/arn.ts";
import { beginPreparation, failPreparation, finishPreparation, type Preparation, type StepLease } from "#lib/jobs/finish-preparation.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { generatorOf } from "#lib/jobs/job-schema.ts";
import { manifestKind } from "#lib/jobs/manifest-schema.ts";
import type { ChunkCutter } from "#lib/manifests/cut-chunks.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { createSegmentWriter, type SegmentWriter } from "#lib/manifests/write-segments.ts";
import { createWorkArea } from "#lib/reports/work-area.ts";
import { connectBulkS3 } from "#lib/s3/bulk-client.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { openObjectAsker } from "./ask-objects.ts";
import { checkDestinations } from "./check-destinations.ts";
import { checkOffered, noteServer } from "./check-offered.ts";
import { clearSegments } from "./clear-segments.ts";
import type { EngineContext } from "./engine-context.ts";
import { generateManifest } from "./generate-manifest.ts";
import { keepGeneratedManifest } from "./keep-generated-manifest.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import { readListing } from "./read-listing.ts";
import { readManifest } from "./read-manifest.ts";
import type { StepOutcome } from "./step-loop.ts";
import { workAreaRefusal } from "./work-area-refusal.ts";

/** An endpoint that does not answer is asked this often, over some five minutes, before the job fails for it. */
const maxTries = 10;

/** Prepares one job: reads its manifest or makes it, checks what it will need, and cuts it into chunks. */
export async function prepare(ctx: EngineContext, lease: StepLease): Promise<StepOutcome> {
  if (!(await beginPreparation(ctx, lease.jobId))) return "obsolete";
  const loaded = await loadJob(ctx, lease.jobId).catch((error: unknown) => failUnloaded(ctx, lease, error));
  if (loaded === "failed") return "done";
  if (!loaded) return "obsolete";
  try {
    return lease.retryCount < maxTries ? await prepareLoaded(ctx, lease, loaded) : await giveUp(ctx, lease, loaded);
  } finally {
    loaded.close();
  }
}

/** The job's role cannot be assumed. @throws what another try may mend */
async function failUnloaded(ctx: EngineContext, lease: StepLease, error: unknown): Promise<"failed"> {
  const failure = failureOf(error, lease.retryCount + 1 >= maxTries);
  if (!failure) throw error;
  ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "a job could not be prepared");
  await failPreparation(ctx, lease, failure);
  return "failed";
}

async function prepareLoaded(ctx: EngineContext, lease: StepLease, loaded: LoadedJob): Promise<StepOutcome> {
  /** Only of its own attempt, for one that lost its lease must not touch what the next one wrote. */
  const clearOwn = () => clearSegments(ctx, loaded, lease.retryCount, lease.retryCount);
  const work: Work = { wroteSegments: false };
  let found: Preparation | null;
  try {
    found = await readAndCheck(ctx, loaded, lease, work);
  } catch (error) {
    const failure = failureOf(error, lease.retryCount + 1 >= maxTries);
    if (!failure) {
      if (work.wroteSegments) await clearOwn();
      throw error;
    }
    ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "a job could not be prepared");
    // Earlier attempts may have been killed before they cleared; nobody comes after this one.
    if (work.wroteSegments || lease.retryCount > 0) await clearSegments(ctx, loaded, 0, lease.retryCount);
    await failPreparation(ctx, lease, failure);
    return "done";
  }
  if (found && (await finishPreparation(ctx, lease, found))) return "done";
  if (work.wroteSegments) await clearOwn();
  return found ? "done" : "obsolete";
}

/** Whoever read this manifest was killed, each time before it could say anything: nobody is to be killed by it without end. */
async function giveUp(ctx: EngineContext, lease: StepLease, loaded: LoadedJob): Promise<StepOutcome> {
  ctx.log.error({ jobId: lease.jobId, attempts: lease.retryCount }, "no worker got to the end of preparing a job; it is given up");
  await clearSegments(ctx, loaded, 0, lease.retryCount);
  const reason = `${lease.retryCount} attempts to prepare the job ended before they could say why. Look at the workers' logs and memory, then create it again.`;
  await failPreparation(ctx, lease, new JobFailure("InternalError", reason));
  return "done";
}

interface Work {
  wroteSegments: boolean;
}

/** @returns null when the job was cancelled meanwhile */
async function readAndCheck(ctx: EngineContext, loaded: LoadedJob, lease: StepLease, work: Work): Promise<Preparation | null> {
  const source = connectBulkS3(loaded.target);
  let cancelled = false;
  const progress = showProgress(ctx, loaded, () => {
    cancelled = true;
    // Ends whatever is under way, in the middle of an answer too.
    source.destroy();
  });
  try {
    const found = await readSource(ctx, loaded, lease, source, work, progress.rows);
    return cancelled ? null : found;
  } catch (error) {
    if (cancelled) return null;
    throw error;
  } finally {
    await progress.stop();
    source.destroy();
  }
}

async function readSource(
  ctx: EngineContext,
  loaded: LoadedJob,
  lease: StepLease,
  source: S3Client,
  work: Work,
  onRows: (rows: number) => void,
): Promise<Preparation> {
  const { definition, connection, job } = loaded;
  await checkOffered(ctx, loaded);
  await noteServer(ctx, loaded);
  const area = createWorkArea(loaded.workS3, connection, job.id);
  const openSegments = (cutter: ChunkCutter) => {
    work.wroteSegments = true;
    return refusable(createSegmentWriter(area, lease.retryCount, cutter), connection);
  };
  if (definition.Manifest) {
    if (manifestKind(definition.Manifest.Spec.Format) !== "csv") {
      const contents = await readListing(source, definition.Manifest, openSegments, onRows);
      await checkDestinations(loaded, contents.buckets);
      return { ...contents, buckets: [...contents.buckets.keys()], objectBytes: null };
    }
    const { stream, bytes } = await openManifest(source, definition.Manifest);
    const contents = await readManifest(stream, definition.Manifest, openSegments, onRows);
    await checkDestinations(loaded, contents.buckets);
    return { ...contents, buckets: [...contents.buckets.keys()], objectBytes: null, manifestBytes: bytes };
  }
  const generator = generatorOf(definition);
  // First of all, since a large bucket is listed for long.
  const bucket = parseS3Arn(generator.SourceBucket)?.bucket ?? "";
  await checkDestinations(loaded, new Map([[bucket, null]]));
  const asker = await openObjectAsker(loaded.s3, loaded.target, connection, bucket, generator.Filter ?? {});
  const contents = await generateManifest(source, generator, openSegments, onRows, asker).finally(() => asker?.close());
  const generatedManifest = await keepGeneratedManifest(loaded, generator, contents.segments, ctx.now());
  return { ...contents, buckets: [bucket], manifestBytes: contents.bytes, ...(generatedManifest && { generatedManifest }) };
}

/** A work area that cannot be written is told in words, and where it is mended. */
function refusable(writer: SegmentWriter, connection: LoadedJob["connection"]): SegmentWriter {
  const told = async <T>(write: Promise<T>): Promise<T> => {
    try {
      return await write;
    } catch (error) {
      const failure = s3Failure(error);
      throw failure?.kind === "refused" ? workAreaRefusal(connection, failure) : error;
    }
  };
  return { ...writer, write: (bytes) => told(writer.write(bytes)), finish: () => told(writer.finish()) };
}

/** @returns null for what another try may mend */
function failureOf(error: unknown, lastTry: boolean): JobFailure | null {
  if (error instanceof JobFailure) return error;
  if (!lastTry) return null;
  const failure = s3Failure(error);
  return failure
    ? new JobFailure("EndpointUnavailable", `The endpoint does not answer: ${failure.code}: ${failure.message}. Create the job again when it does.`)
    : new JobFailure("InternalError", "The job could not be prepared because of an error of Longshore's own. The worker's log has it under the job's id.");
}

/** Writes the rows read about once a second, and stops the reading when the job no longer prepares. */
function showProgress(ctx: EngineContext, { job }: LoadedJob, onCancelled: () => void) {
  let rows = 0;
  let writing = Promise.resolve();
  const timer = setInterval(() => {
    writing = writing
      .then(async () => {
        const { count } = await ctx.db.job.updateMany({ where: { id: job.id, status: "Preparing" }, data: { totalTasks: rows } });
        if (count === 0) onCancelled();
      })
      .catch((error: unknown) => ctx.log.warn({ jobId: job.id, error: messageOf(error) }, "could not write the progress of a preparation"));
  }, 1_000);
  return {
    rows: (read: number) => {
      rows = read;
    },
    stop: async () => {
      clearInterval(timer);
      await writing;
    },
  };
}
