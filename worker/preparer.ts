import { beginPreparation, failPreparation, finishPreparation, type StepLease } from "#lib/jobs/finish-preparation.ts";
import { PrepareFailure } from "#lib/jobs/prepare-failure.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
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
  const loaded = await loadJob(ctx, lease.jobId);
  if (!loaded) return "obsolete";
  try {
    const { stream, bytes } = await openManifest(loaded.s3, loaded.definition.Manifest);
    const progress = showProgress(ctx, loaded, () => stream.destroy());
    try {
      const contents = await readManifest(stream, bytes, loaded.definition.Manifest, progress.rows);
      await checkDestinations(loaded, contents.buckets);
      await progress.stop();
      await finishPreparation(ctx, lease, { ...contents, manifestBytes: bytes });
    } finally {
      await progress.stop();
    }
    return "done";
  } catch (error) {
    if (error instanceof PrepareFailure) {
      await failPreparation(ctx, lease, error);
      return "done";
    }
    const failure = s3Failure(error);
    if (failure === null || lease.retryCount + 1 < maxTries) throw error;
    await failPreparation(ctx, lease, new PrepareFailure("EndpointUnavailable", `${loaded.connection.endpoint} does not answer: ${failure.code}: ${failure.message}. Create the job again when it does.`));
    return "done";
  } finally {
    loaded.close();
  }
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
      .catch((error: unknown) => ctx.log.warn({ jobId: job.id, error }, "could not write the progress of a preparation"));
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
