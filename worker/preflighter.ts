import { messageOf } from "#lib/errors.ts";
import type { StepLease } from "#lib/jobs/finish-preparation.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import type { Preflight } from "#lib/preflight/preflight.ts";
import { recordPreflight } from "#lib/preflight/record-preflight.ts";
import { s3Failure } from "#lib/s3/s3-failure.ts";
import { RoleUnavailable } from "#lib/sts/role-failures.ts";
import type { EngineContext } from "./engine-context.ts";
import { type LoadedJob, loadJob } from "./load-job.ts";
import { type Inspection, inspectJob } from "./preflight/inspect-job.ts";
import type { StepOutcome } from "./step-loop.ts";

/** A person waits: what three tries in some seconds do not find out is said to be unknown. */
const maxTries = 3;

/** Checks a job that awaits confirmation, and changes nothing. Whatever comes of it, the review is told. */
export async function preflight(ctx: EngineContext, lease: StepLease): Promise<StepOutcome> {
  const loaded = await loadJob(ctx, lease.jobId).catch((error: unknown) => tellRefusal(ctx, lease, error));
  if (loaded === "told") return "done";
  if (!loaded) return "obsolete";
  try {
    if (loaded.job.status !== "Suspended") return "obsolete";
    const found: Preflight = { ...(await inspect(ctx, lease, loaded)), checkedAt: ctx.now().toISOString() };
    return (await recordPreflight(ctx, lease, found)) ? "done" : "obsolete";
  } finally {
    loaded.close();
  }
}

/** A role that cannot be assumed is what the review must know; STS that does not answer, after some tries. @throws what another try may mend */
async function tellRefusal(ctx: EngineContext, lease: StepLease, error: unknown): Promise<"told"> {
  const lasting = error instanceof JobFailure || (error instanceof RoleUnavailable && lease.retryCount + 1 >= maxTries);
  if (!lasting) throw error;
  await recordPreflight(ctx, lease, { ...nothing(`${error.message.replace(/\.$/, "")}. Check again then.`), checkedAt: ctx.now().toISOString() });
  return "told";
}

async function inspect(ctx: EngineContext, lease: StepLease, loaded: LoadedJob): Promise<Inspection> {
  // A worker that dies of it gets no further than here.
  if (lease.retryCount >= maxTries) return nothing("Longshore could not finish its checks: the workers that tried were stopped or died. Check again.");
  try {
    return await inspectJob(ctx, loaded);
  } catch (error) {
    if (lease.retryCount + 1 < maxTries) throw error;
    ctx.log.warn({ jobId: lease.jobId, error: messageOf(error) }, "a job could not be checked");
    const failure = s3Failure(error);
    return nothing(
      failure
        ? `The endpoint ${loaded.connection.endpoint} does not answer (${failure.code}). Check again when it does.`
        : "Longshore could not finish its checks because of an error of its own. The worker's log has it under the job's id.",
    );
  }
}

const nothing = (message: string): Inspection => ({ findings: [{ check: "checks", state: "error", message }], samples: [], bytes: null });
