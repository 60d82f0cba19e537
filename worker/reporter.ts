import { setTimeout as sleep } from "node:timers/promises";
import { dropWaitingChunks, finishJob, noteReportDelay, recordReport } from "#lib/jobs/finish-job.ts";
import type { StepLease } from "#lib/jobs/finish-preparation.ts";
import { isTerminal, transition } from "#lib/jobs/transition.ts";
import { reportLocation } from "#lib/reports/report-location.ts";
import { clearWorkArea, createWorkArea } from "#lib/reports/work-area.ts";
import { writeReport } from "#lib/reports/write-report.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import type { StepOutcome } from "./step-loop.ts";

/** A report bucket that refuses is asked this often, over some ten minutes, before the job fails for it. */
const maxTries = 15;
const drainPollMs = 300;

/** Ends one job: waits for its chunks in flight, writes the report, clears the work area. */
export async function report(ctx: EngineContext, lease: StepLease): Promise<StepOutcome> {
  const loaded = await loadJob(ctx, lease.jobId);
  if (!loaded || isTerminal(loaded.job.status) || transition(loaded.job.status, "finish") === null) return "obsolete";
  try {
    while ((await dropWaitingChunks(ctx, lease.jobId)) > 0) await sleep(drainPollMs);
    const failure = loaded.job.reportManifestKey === null ? await tryReport(ctx, lease, loaded) : null;
    await clear(ctx, loaded);
    await finishJob(ctx, lease, failure);
    return "done";
  } finally {
    loaded.close();
  }
}

/** @returns null when the report stands or none is due, else why it never will */
async function tryReport(ctx: EngineContext, lease: StepLease, loaded: LoadedJob): Promise<string | null> {
  const { Report } = loaded.definition;
  if (!Report.Enabled) return null;
  const chunks = await ctx.db.chunk.findMany({
    where: { jobId: lease.jobId, status: "Done", OR: [{ succeededPart: { not: null } }, { failedPart: { not: null } }] },
    orderBy: { index: "asc" },
    select: { succeededPart: true, failedPart: true },
  });
  const ran = await ctx.db.job.findUniqueOrThrow({ where: { id: lease.jobId }, select: { succeededTasks: true, failedTasks: true } });
  if (ran.succeededTasks + ran.failedTasks === 0n) return null;
  const location = reportLocation(Report, lease.jobId);
  const area = createWorkArea(loaded.workS3, loaded.connection, lease.jobId);
  const keys = (name: "succeededPart" | "failedPart") => chunks.flatMap((chunk) => chunk[name] ?? []);
  try {
    await writeReport(loaded.s3, location, area, { succeeded: keys("succeededPart"), failed: keys("failedPart") }, ctx.now());
  } catch (error) {
    const failure = s3Failure(error);
    if (failure === null) throw error;
    const reason = `The completion report could not be written to s3://${location.bucket}/${location.folder}: ${failure.httpStatus || "no answer"} ${failure.code}: ${failure.message}`;
    if (failure.kind === "refused" && lease.retryCount + 1 >= maxTries) return reason;
    await noteReportDelay(ctx, lease.jobId, `${reason}. Longshore keeps trying.`);
    throw error;
  }
  await recordReport(ctx, lease.jobId, location.manifestKey);
  return null;
}

/** Parts that cannot be deleted are litter, not a reason to keep a job from ending. */
async function clear(ctx: EngineContext, { job, definition, connection, workS3 }: LoadedJob): Promise<void> {
  if (!definition.Report.Enabled || job.preparedAt === null) return;
  try {
    await clearWorkArea(createWorkArea(workS3, connection, job.id));
  } catch (error) {
    if (s3Failure(error)?.kind !== "refused") throw error;
    ctx.log.warn({ jobId: job.id, bucket: connection.workBucket }, "the work area could not be cleared: check the connection's permissions");
  }
}
