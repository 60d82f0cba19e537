import { storableText } from "#lib/db/storable-text.ts";
import { JobFailure } from "#lib/jobs/job-failure.ts";
import { openManifest } from "#lib/manifests/open-manifest.ts";
import { taskFieldsOf } from "#lib/manifests/task-fields.ts";
import type { JobContext, Task, TrialResult } from "#lib/operations/operation.ts";
import { operationOfJob } from "#lib/operations/registry.ts";
import { refusal } from "#lib/operations/trial.ts";
import { judgeBytes, judgeObjects } from "#lib/preflight/judge-objects.ts";
import { judgeTrials } from "#lib/preflight/judge-trials.ts";
import { type Preflight, type PreflightCheck, type PreflightFinding, preflightChecks } from "#lib/preflight/preflight.ts";
import { findingsOfJob } from "#lib/probe/refusals-of-job.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { openStepTaker, type StepTaker } from "#lib/s3/take-steps.ts";
import { checkDestination, checkReport } from "../check-destinations.ts";
import type { EngineContext } from "../engine-context.ts";
import { jobContext } from "../job-context.ts";
import type { LoadedJob } from "../load-job.ts";
import { checkSettings } from "./check-settings.ts";
import { hidesRights } from "./hides-rights.ts";
import { lookAtObjects } from "./look-at-objects.ts";
import { sampleTasks } from "./sample-tasks.ts";
import { spread } from "./spread.ts";

/** What was found, without when. */
export type Inspection = Omit<Preflight, "checkedAt">;

const sampleSize = 12;
/** What is tried is asked once for each of so many objects. */
const trials = 4;

/**
 * Looks at all that a job will need, with the keys that it will run with, and changes nothing.
 * @throws the SDK's error while S3 cannot be reached
 */
export async function inspectJob(ctx: EngineContext, loaded: LoadedJob): Promise<Inspection> {
  const { definition, job } = loaded;
  const { operation, params } = operationOfJob(definition);
  const buckets = job.manifestBuckets as string[];
  const [manifest, tasks] = await checkManifest(ctx, loaded);
  const { others } = loaded;
  const taker = openStepTaker(loaded.target, new Map(others.map(({ arn, target }) => [arn, target])));
  const clients = new Map(others.map(({ arn, target }) => [arn, connectS3(target)]));
  const destinations = operation.destinations(params);
  try {
    const [samples, rights, destination, settings, report] = await Promise.all([
      lookAtObjects(taker, tasks, operation.preview(params, jobContext(loaded, ctx.now))),
      tryRights(taker, loaded, jobContext(loaded, ctx.now), tasks),
      Promise.all(destinations.map(({ bucket, role }) => checkThere(loaded, bucket, role))),
      checkSettings(operation.bucketQuestions?.(params) ?? [], {
        objects: buckets.map((bucket) => ({ bucket, s3: loaded.s3 })),
        destination: destinations.map(({ bucket, role = "" }) => ({ bucket, s3: clients.get(role) ?? loaded.s3 })),
      }),
      finding("report", async () => {
        await checkReport(loaded);
        return definition.Report.Enabled ? "The role may write the completion report. Nothing was written." : null;
      }),
    ]);
    const reads = operation.permissions(params, buckets[0] ?? "").some(({ action }) => action.startsWith("s3:GetObject"));
    const findings = [
      ...manifest,
      ...judgeObjects(samples, reads),
      ...rights,
      ...destination.flat(),
      ...settings,
      ...report,
      ...(await askProbes(ctx, loaded)),
    ];
    return {
      findings: sorted(findings).map((one) => ({ ...one, message: storableText(one.message, 600) })),
      samples,
      bytes: judgeBytes(samples, job.objectBytes === null ? null : Number(job.objectBytes), Number(job.totalTasks)),
    };
  } finally {
    taker.close();
    for (const s3 of clients.values()) s3.destroy();
  }
}

/** Whether the list of objects is still what was prepared; and some of them. */
async function checkManifest(ctx: EngineContext, loaded: LoadedJob): Promise<[PreflightFinding[], Task[]]> {
  const { definition, job, s3 } = loaded;
  const { Manifest } = definition;
  const read = await finding("manifest", async () => {
    if (!Manifest) return "Longshore has listed the objects, and keeps the list until the job ends.";
    (await openManifest(s3, Manifest)).stream.destroy();
    return "The role may read the manifest, and it is the one that was prepared.";
  });
  const chunks = await ctx.db.chunk.findMany({ where: { jobId: job.id }, orderBy: { index: "asc" } });
  try {
    return [read, await sampleTasks({ ...loaded, fields: taskFieldsOf(loaded.definition) }, chunks, sampleSize)];
  } catch (error) {
    if (!(error instanceof JobFailure)) throw error;
    const broken: PreflightFinding[] = read.some(({ state }) => state === "error") ? read : [{ check: "manifest", state: "error", message: error.message }];
    return [broken, job.manifestSample as unknown as Task[]];
  }
}

async function tryRights(taker: StepTaker, loaded: LoadedJob, context: JobContext, tasks: readonly Task[]): Promise<PreflightFinding[]> {
  if (loaded.definition.DryRun) return [];
  const { operation, params } = operationOfJob(loaded.definition);
  const trial = operation.trial?.(params, context);
  const chosen = spread(tasks.length, trials).map((index) => tasks[index] as Task);
  if (!trial) {
    // What only reads was seen in the sample.
    if (operation.permissions(params, "").every(({ action }) => /^s3:(?:Get|List)/.test(action))) return [];
    const message = `${operation.title}: whether the job may do it is not checked, since it cannot be known without doing it.`;
    return [{ check: "rights", state: "unknown", message }];
  }
  const attempt = async (task: Task): Promise<readonly TrialResult[]> => {
    try {
      return await taker.take(trial(task));
    } catch (error) {
      return [refusal(error, { right: operation.title, needs: "what the policy below lists" })];
    }
  };
  const [results, store] = await Promise.all([
    Promise.all(chosen.map(attempt)),
    hidesRights(loaded.s3, chosen[0]?.bucket).then((hides) => ({ hidesRights: hides })),
  ]);
  return judgeTrials(results.flat(), store);
}

/** What the probes of the job's stores found, where it is worth saying. What speaks against the job keeps it from being confirmed anyway. */
async function askProbes(ctx: EngineContext, { definition, job }: LoadedJob): Promise<PreflightFinding[]> {
  const stores = await findingsOfJob(ctx.db, definition, job.manifestSample as { versionId?: string }[]);
  return stores.flatMap(({ connection, unprobed, refusals, unknown }): PreflightFinding[] => {
    const say = (state: PreflightFinding["state"], message: string): PreflightFinding[] => [{ check: "checks", state, message }];
    if (refusals[0]) return say("error", `${connection.name} does not do rightly what the job needs: ${refusals[0].message}`);
    if (unprobed)
      return say(
        "warning",
        `Nobody has tried whether the store of ${connection.name} does what it answers: some stores damage objects. An administrator can probe it on the connection's page.`,
      );
    if (unknown.length > 0)
      return say(
        "unknown",
        `The probe of ${connection.name} could not try ${unknown.map(({ capability }) => capability).join(", ")}. The connection's page says why.`,
      );
    return say("ok", `${connection.name} was probed, and does rightly what the job needs.`);
  });
}

const checkThere = (loaded: LoadedJob, bucket: string, role: string | undefined): Promise<PreflightFinding[]> =>
  finding("destination", async () => {
    await checkDestination(loaded, bucket, role);
    return `The destination bucket ${bucket} is there.`;
  });

/** @param check says what is well, or nothing; what is not, it throws as a JobFailure */
async function finding(name: PreflightCheck, check: () => Promise<string | null>): Promise<PreflightFinding[]> {
  try {
    const message = await check();
    return message === null ? [] : [{ check: name, state: "ok", message }];
  } catch (error) {
    if (error instanceof JobFailure) return [{ check: name, state: "error", message: error.message }];
    throw error;
  }
}

const sorted = (findings: readonly PreflightFinding[]): PreflightFinding[] =>
  [...findings].sort((a, b) => preflightChecks.indexOf(a.check) - preflightChecks.indexOf(b.check));
