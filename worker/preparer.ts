import { messageOf } from "#lib/errors.ts";
import { beginPreparation, failPreparation, finishPreparation, type Preparation, type StepLease } from "#lib/jobs/finish-preparation.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { connectBulkS3 } from "#lib/s3/bulk-client.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { checkDestinations } from "./check-destinations.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import { readManifest } from "./read-manifest.ts";
import type { StepOutcome } from "./step-loop.ts";

/** An endpoint that does not answer is asked this often, over about half a minute, before the job fails for it. */
const maxTries = 5;

/** Prepares one job: reads its manifest, checks what it will need, and cuts it into chunks. */
export async function prepare(ctx: EngineContext, lease: StepLease): Promise<StepOutcome> {
  if (!(await beginPreparation(ctx, lease.jobId))) return "obsolete";
  let found: Preparation | null;
  try {
    found = await readAndCheck(ctx, lease);
  } catch (error) {
    const failure = failureOf(error, lease.retryCount + 1 >= maxTries);
    if (!failure) throw error;
    ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "a job could not be prepared");
    await failPreparation(ctx, lease, failure);
    return "done";
  }
  if (!found) return "obsolete";
  await finishPreparation(ctx, lease, found);
  return "done";
}

/** @returns null when the job was cancelled meanwhile */
async function readAndCheck(ctx: EngineContext, lease: StepLease): Promise<Preparation | null> {
  const loaded = await loadJob(ctx, lease.jobId);
  if (!loaded) return null;
  const bulkS3 = connectBulkS3(loaded.target);
  let cancelled = false;
  try {
    const { stream, bytes } = await openManifest(bulkS3, loaded.definition.Manifest);
    const progress = showProgress(ctx, loaded, () => {
      cancelled = true;
      stream.destroy();
    });
    try {
      const contents = await readManifest(stream, loaded.definition.Manifest, progress.rows);
      await checkDestinations(loaded, contents.buckets);
      return { ...contents, manifestBytes: bytes };
    } finally {
      await progress.stop();
    }
  } catch (error) {
    if (cancelled) return null;
    throw error;
  } finally {
    bulkS3.destroy();
    loaded.close();
  }
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
