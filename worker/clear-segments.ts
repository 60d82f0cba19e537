import { messageOf } from "#lib/errors.ts";
import { segmentPrefix } from "#lib/manifests/write-segments.ts";
import { clearWorkArea, createWorkArea, type WorkArea } from "#lib/reports/work-area.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";

/**
 * Removes what attempts `first` to `last` of a preparation left in the work area, and nothing that a later one may have written.
 * What cannot be removed is litter, not a reason to keep a job from ending: it never throws.
 */
export async function clearSegments(ctx: EngineContext, loaded: LoadedJob, first: number, last: number): Promise<void> {
  const area = createWorkArea(loaded.workS3, loaded.connection, loaded.job.id);
  for (let attempt = first; attempt <= last; attempt += 1) await clearQuietly(ctx, loaded, { ...area, prefix: segmentPrefix(area, attempt) });
}

/** Removes all that a job which was never prepared may have in the work area; it never throws. */
export const clearUnprepared = (ctx: EngineContext, loaded: LoadedJob): Promise<void> =>
  clearQuietly(ctx, loaded, createWorkArea(loaded.workS3, loaded.connection, loaded.job.id));

/** Removes what a job that ended before it ran has in the work area; it never throws. */
export async function clearSegmentsOf(ctx: EngineContext, jobId: string): Promise<void> {
  const loaded = await loadJob(ctx, jobId).catch(() => null);
  if (!loaded) return;
  await clearUnprepared(ctx, loaded);
  loaded.close();
}

async function clearQuietly(ctx: EngineContext, { job, connection }: LoadedJob, area: WorkArea): Promise<void> {
  try {
    await clearWorkArea(area);
  } catch (error) {
    ctx.log.warn({ jobId: job.id, bucket: connection.workBucket, error: messageOf(error) }, "what was written while the job was prepared could not be removed");
  }
}
