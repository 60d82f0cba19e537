import { can, demand } from "../auth/permissions.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import type { Context } from "../jobs/context.ts";
import { suspensionEndsAt } from "../jobs/expire-jobs.ts";
import { toJobListItem } from "../jobs/job-item.ts";
import { createRateMeter } from "../jobs/job-rate.ts";
import { jobDefinitionSchema } from "../jobs/job-schema.ts";
import { operationOfJob } from "../operations/registry.ts";
import { awaitingOf, sentBackTo } from "./awaiting-jobs.ts";
import { describeHealth } from "./describe-health.ts";
import { describeStart } from "./describe-start.ts";
import type { AwaitingJob, Home, RunningJob, Section, SentBackJob, TroubledJob } from "./home-views.ts";

/** Of a section; the list has the others. */
const rows = 6;
const recentMs = 7 * 24 * 3600 * 1000;
const moving: JobStatus[] = ["New", "Preparing", "Ready", "Active", "Pausing", "Paused", "Completing", "Cancelling", "Failing"];
const rate = createRateMeter();

const heavy = { manifestSample: true, leftOut: true, duplicateRows: true, generatedManifest: true, tags: true, preflight: true } as const;
const createdBy = { createdBy: { select: { name: true } } } as const;

/** What needs the caller, what runs and what has ended of late. @throws AppError Forbidden */
export async function describeHome(ctx: Context): Promise<Home> {
  demand(ctx, "job.read");
  const [awaiting, sentBack, running, troubled, finished, health, start] = await Promise.all([
    findAwaiting(ctx),
    findSentBack(ctx),
    findRunning(ctx),
    findTroubled(ctx),
    findFinished(ctx),
    describeHealth(ctx),
    describeStart(ctx),
  ]);
  return { mayConfirm: can(ctx.caller.role, "job.confirm"), awaiting, sentBack, running, troubled, finished, health, start };
}

async function findAwaiting(ctx: Context): Promise<Home["awaiting"]> {
  const where = await awaitingOf(ctx);
  const [jobs, total] = await Promise.all([
    ctx.db.job.findMany({
      where,
      omit: { ...heavy, failureReasons: true },
      include: { ...createdBy, _count: { select: { confirmations: true } } },
      orderBy: [{ suspendedAt: "asc" }, { id: "asc" }],
      take: rows,
    }),
    ctx.db.job.count({ where }),
  ]);
  return {
    total,
    more: total > jobs.length,
    jobs: jobs.map(({ definition, _count, ...job }): AwaitingJob => {
      const { operation, params } = operationOfJob(jobDefinitionSchema.parse(definition));
      const since = job.suspendedAt ?? job.createdAt;
      return {
        ...toJobListItem(ctx.caller, job),
        sentence: operation.describe(params),
        suspendedAt: since.toISOString(),
        expiresAt: suspensionEndsAt(since).toISOString(),
        confirmedByOne: _count.confirmations > 0,
      };
    }),
  };
}

async function findSentBack(ctx: Context): Promise<Home["sentBack"]> {
  const where = sentBackTo(ctx);
  const [jobs, total] = await Promise.all([
    ctx.db.job.findMany({
      where,
      omit: { ...heavy, definition: true, failureReasons: true },
      include: createdBy,
      orderBy: [{ sentBackAt: "asc" }, { id: "asc" }],
      take: rows,
    }),
    ctx.db.job.count({ where }),
  ]);
  const people = await ctx.db.user.findMany({
    where: { email: { in: jobs.flatMap(({ sentBackBy }) => sentBackBy ?? []) } },
    select: { email: true, name: true },
  });
  const names = new Map(people.map(({ email, name }) => [email, name]));
  return {
    total,
    more: total > jobs.length,
    jobs: jobs.map(
      (job): SentBackJob => ({
        ...toJobListItem(ctx.caller, job),
        by: names.get(job.sentBackBy ?? "") ?? job.sentBackBy ?? "",
        at: (job.sentBackAt ?? job.createdAt).toISOString(),
        reason: job.sentBackReason ?? "",
      }),
    ),
  };
}

async function findRunning(ctx: Context): Promise<Home["running"]> {
  const where: Prisma.JobWhereInput = { accountId: ctx.accountId, status: { in: moving } };
  // One snapshot: a chunk that is counted between two reads would be seen twice, or not at all.
  const [jobs, live, total] = await ctx.db.$transaction(
    async (tx) => {
      const found = await tx.job.findMany({
        where,
        omit: { ...heavy, definition: true, failureReasons: true },
        include: createdBy,
        // Those at work first; none changes its place while it runs.
        orderBy: [{ activeSince: { sort: "asc", nulls: "last" } }, { createdAt: "asc" }, { id: "asc" }],
        take: rows,
      });
      const running = await tx.chunk.groupBy({
        by: ["jobId"],
        where: { jobId: { in: found.map(({ id }) => id) }, status: "Running" },
        _sum: { liveSucceeded: true, liveFailed: true },
      });
      return [found, running, await tx.job.count({ where })] as const;
    },
    { isolationLevel: "RepeatableRead" },
  );
  const liveOf = new Map(live.map((row) => [row.jobId, { succeeded: row._sum.liveSucceeded ?? 0, failed: row._sum.liveFailed ?? 0 }]));
  const at = ctx.now().getTime();
  return {
    total,
    more: total > jobs.length,
    jobs: jobs.map((job): RunningJob => {
      const item = toJobListItem(ctx.caller, job, liveOf.get(job.id));
      return { ...item, tasksPerSecond: job.status === "Active" ? rate(job.id, item.succeededTasks + item.failedTasks, at) : null };
    }),
  };
}

const endedLately = (ctx: Context): Prisma.JobWhereInput => ({
  accountId: ctx.accountId,
  terminatedAt: { gte: new Date(ctx.now().getTime() - recentMs) },
});

async function findTroubled(ctx: Context): Promise<Section<TroubledJob>> {
  const jobs = await ctx.db.job.findMany({
    where: { ...endedLately(ctx), OR: [{ status: "Failed" }, { failedTasks: { gt: 0 } }] },
    omit: { ...heavy, definition: true },
    include: { ...createdBy, errors: { orderBy: { count: "desc" }, take: 1, omit: { samples: true } } },
    orderBy: [{ terminatedAt: "desc" }, { id: "asc" }],
    take: rows + 1,
  });
  return section(jobs, ({ errors: [error], failureReasons, ...job }) => ({
    ...toJobListItem(ctx.caller, job),
    leadingError: error ? { code: error.code, httpStatus: error.httpStatus, count: Number(error.count) } : null,
    failure: (failureReasons as { FailureReason: string }[])[0]?.FailureReason ?? null,
  }));
}

async function findFinished(ctx: Context): Promise<Home["finished"]> {
  const jobs = await ctx.db.job.findMany({
    where: { ...endedLately(ctx), status: { in: ["Complete", "Cancelled"] }, failedTasks: 0 },
    omit: { ...heavy, definition: true, failureReasons: true },
    include: createdBy,
    orderBy: [{ terminatedAt: "desc" }, { id: "asc" }],
    take: rows + 1,
  });
  return section(jobs, (job) => toJobListItem(ctx.caller, job));
}

const section = <Found, Shown>(found: readonly Found[], show: (job: Found) => Shown): Section<Shown> => ({
  jobs: found.slice(0, rows).map(show),
  more: found.length > rows,
});
