import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "#lib/errors.ts";
import { dropWaitingChunks, finishJob, recordReport } from "#lib/jobs/finish-job.ts";
import type { StepLease } from "#lib/jobs/finish-preparation.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { noteDelay } from "#lib/jobs/note-delay.ts";
import { transition } from "#lib/jobs/transition.ts";
import { reportLocation } from "#lib/reports/report-location.ts";
import { clearWorkArea, createWorkArea } from "#lib/reports/work-area.ts";
import { abortReportUploads, writeReport } from "#lib/reports/write-report.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { clearUnprepared } from "./clear-segments.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import type { StepOutcome } from "./step-loop.ts";

/** A report that cannot be written is tried this often, over some ten minutes, before the job fails for it. */
const maxTries = 15;
const drainPollMs = 300;

/** Ends one job: waits for its chunks in flight, writes the report, clears the work area. */
export async function report(ctx: EngineContext, lease: StepLease): Promise<StepOutcome> {
  const job = await ctx.db.job.findUnique({ where: { id: lease.jobId }, select: { status: true } });
  if (!job || transition(job.status, "finish") === null) return "obsolete";
  while ((await dropWaitingChunks(ctx, lease.jobId)) > 0) await sleep(drainPollMs);
  let failure: string | null = null;
  try {
    await reportAndClear(ctx, lease.jobId);
  } catch (error) {
    const away = s3Failure(error)?.kind === "unavailable";
    const reason = `The completion report could not be written: ${reasonOf(error)}`;
    if (away || lease.retryCount + 1 < maxTries) {
      await noteDelay(ctx, lease.jobId, `${reason}. Longshore keeps trying.`);
      throw error;
    }
    // The result parts stay in the work area: they are all that says what ran.
    failure = reason;
  }
  await finishJob(ctx, lease, failure);
  return "done";
}

async function reportAndClear(ctx: EngineContext, jobId: string): Promise<void> {
  const loaded = await loadJob(ctx, jobId);
  if (!loaded) return;
  const { definition, job } = loaded;
  try {
    if (definition.Report.Enabled) await abortReportUploads(loaded.s3, reportLocation(definition.Report, jobId));
    if (job.preparedAt === null) return await clearUnprepared(ctx, loaded);
    if (definition.Report.Enabled && job.reportManifestKey === null) await writeIfRan(ctx, loaded);
    if (definition.Report.Enabled || (await hasSegments(ctx, jobId))) await clearParts(ctx, loaded);
  } finally {
    loaded.close();
  }
}

const hasSegments = async (ctx: EngineContext, jobId: string): Promise<boolean> =>
  (await ctx.db.chunk.findFirst({ where: { jobId, segmentKey: { not: null } }, select: { id: true } })) !== null;

async function writeIfRan(ctx: EngineContext, { job, definition, connection, s3, workS3 }: LoadedJob): Promise<void> {
  // Read again: chunks that were in flight have been counted since the job was loaded.
  const ran = await ctx.db.job.findUniqueOrThrow({ where: { id: job.id }, select: { succeededTasks: true, failedTasks: true } });
  if (ran.succeededTasks + ran.failedTasks === 0n || !definition.Report.Enabled) return;
  const chunks = await ctx.db.chunk.findMany({
    where: { jobId: job.id, status: "Done", OR: [{ succeededPart: { not: null } }, { failedPart: { not: null } }] },
    orderBy: { index: "asc" },
    select: { succeededPart: true, failedPart: true },
  });
  const keys = (name: "succeededPart" | "failedPart") => chunks.flatMap((chunk) => chunk[name] ?? []);
  const location = reportLocation(definition.Report, job.id);
  await writeReport(s3, location, createWorkArea(workS3, connection, job.id), { succeeded: keys("succeededPart"), failed: keys("failedPart") }, ctx.now());
  await recordReport(ctx, job.id, location.manifestKey);
}

/** Parts that may not be deleted are litter, not a reason to keep a job from ending. */
async function clearParts(ctx: EngineContext, { job, connection, workS3 }: LoadedJob): Promise<void> {
  try {
    await clearWorkArea(createWorkArea(workS3, connection, job.id));
  } catch (error) {
    if (s3Failure(error)?.kind !== "refused") throw error;
    ctx.log.warn({ jobId: job.id, bucket: connection.workBucket }, "the work area could not be cleared: check the connection's permissions");
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof JobFailure) return error.message.replace(/\.$/, "");
  const failure = s3Failure(error);
  return failure
    ? `${failure.httpStatus || "no answer"} ${failure.code}: ${failure.message}`
    : `an error of Longshore's own (${messageOf(error).split("\n")[0]})`;
};
