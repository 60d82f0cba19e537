import { canOnJob, demand, type Verb } from "../auth/permissions.ts";
import { describeConfirmation } from "../confirmation/describe-confirmation.ts";
import { ruledDefinition } from "../confirmation/ruled-job.ts";
import { ChunkStatus } from "../db/generated/enums.ts";
import { AppError } from "../errors.ts";
import type { Task } from "../operations/operation.ts";
import { irreversibleOf, operationOfJob } from "../operations/registry.ts";
import type { Tag } from "../operations/tags.ts";
import type { Preflight } from "../preflight/preflight.ts";
import { activeSecondsOf } from "./active-time.ts";
import { parseS3Arn } from "./arn.ts";
import type { Context } from "./context.ts";
import type { DuplicateRows } from "./duplicate-rows.ts";
import { maxGroups } from "./error-summary.ts";
import { suspensionEndsAt } from "./expire-jobs.ts";
import { conversationOf, eventView, namesOf, withConversation } from "./job-events.ts";
import { toJobListItem } from "./job-item.ts";
import { createRateMeter } from "./job-rate.ts";
import { jobDefinitionSchema } from "./job-schema.ts";
import type { JobDetails } from "./job-views.ts";
import type { LeftOut } from "./left-out.ts";
import type { GeneratedManifestDescriptor } from "./manifest-schema.ts";
import { isUuid } from "./move-job.ts";
import { policyOfJob } from "./policy.ts";
import { sentBackOf } from "./sent-back.ts";
import { isTerminal, type JobEventName, transition } from "./transition.ts";
import { countAlive } from "./workers.ts";

/** The newest; a script can change a priority without end. */
const maxEvents = 500;
const rate = createRateMeter();
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Everything that the review and the details show. @throws AppError NotFound, Forbidden */
export async function describeJob(ctx: Context, jobId: string): Promise<JobDetails> {
  demand(ctx, "job.read");
  const now = ctx.now();
  // One snapshot: a chunk that is counted between two reads would be seen twice, or not at all.
  const [job, conversation, byStatus, workers] = isUuid(jobId)
    ? await ctx.db.$transaction(
        [
          ctx.db.job.findFirst({
            where: { id: jobId, accountId: ctx.accountId },
            include: {
              createdBy: { select: { name: true } },
              role: { include: { connection: true } },
              errors: { orderBy: { count: "desc" }, take: maxGroups + 1 },
              events: { orderBy: { id: "desc" }, take: maxEvents },
              replacedBy: { select: { id: true } },
            },
          }),
          conversationOf(ctx.db, jobId),
          ctx.db.chunk.groupBy({
            by: ["status"],
            where: { jobId },
            orderBy: { status: "asc" },
            _count: { _all: true },
            _sum: { liveSucceeded: true, liveFailed: true },
          }),
          countAlive(ctx.db),
        ],
        { isolationLevel: "RepeatableRead" },
      )
    : [null, [], [], []];
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  const chunks = Object.fromEntries(Object.values(ChunkStatus).map((status) => [status, 0])) as JobDetails["chunks"];
  const live = { succeeded: 0, failed: 0 };
  for (const group of byStatus) {
    chunks[group.status] = group._count._all;
    if (group.status !== "Running") continue;
    live.succeeded = group._sum.liveSucceeded ?? 0;
    live.failed = group._sum.liveFailed ?? 0;
  }
  const events = withConversation(job.events, conversation);
  const sentBack = sentBackOf(job);
  const names = await namesOf(ctx.db, [...events.map(({ actor }) => actor), ...(sentBack ? [sentBack.actor] : [])]);
  const item = toJobListItem(ctx.caller, job, live);
  const definition = jobDefinitionSchema.parse(job.definition);
  const { operation, params } = operationOfJob(definition);
  const ruled = ruledDefinition(definition, { createdById: job.createdById, totalTasks: Number(job.totalTasks) });
  const confirmation = job.status === "Suspended" ? await describeConfirmation(ctx, jobId, ruled) : null;
  const sample = job.manifestSample as unknown as Task[];
  const named = job.manifestBuckets as string[];
  // A job of before all of them were kept.
  const buckets = named.length > 0 ? named : [...new Set(sample.map((task) => task.bucket))];
  const report = definition.Report.Enabled ? parseS3Arn(definition.Report.Bucket) : null;
  const canHere = (verb: Verb) => canOnJob(ctx.caller, verb, job);
  const may = (event: JobEventName, verb: Verb) => transition(job.status, event) !== null && canHere(verb);

  return {
    ...item,
    arn: `arn:aws:s3:${job.role.connection.region}:${job.accountId}:job/${job.id}`,
    definition,
    definitionDigest: job.definitionDigest,
    tags: job.tags as unknown as Tag[],
    confirmationRequired: job.confirmationRequired,
    connection: { id: job.role.connection.id, name: job.role.connection.name, endpoint: job.role.connection.endpoint },
    sentence: operation.describe(params),
    warning: operation.warning(params),
    irreversible: irreversibleOf(definition),
    permissions: buckets.flatMap((bucket) => operation.permissions(params, bucket)),
    policy: policyOfJob(definition, buckets),
    preflight: job.preflight as Preflight | null,
    preflightRunning: job.status === "Suspended" && job.preflightAskedAt !== null,
    manifestBytes: job.manifestBytes === null ? null : Number(job.manifestBytes),
    manifestSample: sample,
    leftOut: job.leftOut as unknown as LeftOut[],
    duplicateRows: job.duplicateRows as DuplicateRows | null,
    generatedManifest: (job.generatedManifest as GeneratedManifestDescriptor | null)?.Location.ObjectArn ?? null,
    preparedAt: iso(job.preparedAt),
    suspendedAt: iso(job.suspendedAt),
    expiresAt: job.status === "Suspended" && job.suspendedAt !== null ? suspensionEndsAt(job.suspendedAt).toISOString() : null,
    confirmedAt: iso(job.confirmedAt),
    confirmation,
    sentBackBy: sentBack && { actor: sentBack.actor, name: names.get(sentBack.actor) ?? null, at: sentBack.at.toISOString(), reason: sentBack.reason },
    replaces: job.replacesId,
    replacedBy: job.replacedBy?.id ?? null,
    elapsedActiveSeconds: activeSecondsOf(job, now),
    pausedBy: job.pausedBy === null ? null : { actor: job.pausedBy, name: names.get(job.pausedBy) ?? null },
    limits: { maxInFlight: job.maxInFlight, maxRequestsPerSecond: job.maxRequestsPerSecond },
    tasksPerSecond: job.status === "Active" ? rate(job.id, item.succeededTasks + item.failedTasks, now.getTime()) : null,
    statusUpdateReason: job.statusUpdateReason,
    failureReasons: job.failureReasons as unknown as JobDetails["failureReasons"],
    errors: job.errors.map((error) => ({
      code: error.code,
      httpStatus: error.httpStatus,
      count: Number(error.count),
      samples: error.samples as unknown as JobDetails["errors"][number]["samples"],
    })),
    events: events.map((event) => eventView(event, names)),
    canary: job.canaryUntil === null ? null : { until: Number(job.canaryUntil), awaitsDecision: job.status === "Suspended" },
    chunks,
    reportLocation: report && job.reportManifestKey !== null ? `s3://${report.bucket}/${job.reportManifestKey}` : null,
    workersAlive: Number(workers[0]?.alive ?? 0),
    actions: {
      confirm: sentBack === null && may("confirm", "job.confirm") && confirmation?.refusal == null,
      takeBack: canHere("job.confirm") && confirmation?.given.some(({ own }) => own) === true,
      sendBack: sentBack === null && job.status === "Suspended" && canHere("job.send-back"),
      askAgain: sentBack !== null && canHere("job.ask-again"),
      replace: job.status === "Suspended" && canHere("job.replace"),
      comment: canHere("job.comment"),
      cancel: may("cancel", "job.cancel"),
      priority: !isTerminal(job.status) && canHere("job.priority"),
      pause: job.pausedBy === null && may("pause", "job.pause"),
      resume: job.pausedBy !== null && may("resume", "job.pause"),
      limits: !isTerminal(job.status) && canHere("job.limits"),
      check: job.status === "Suspended" && canHere("job.check"),
    },
  };
}
