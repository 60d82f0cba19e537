import { demand } from "../auth/permissions.ts";
import type { Db } from "../db/client.ts";
import { Prisma } from "../db/generated/client.ts";
import { AppError } from "../errors.ts";
import type { Context } from "./context.ts";
import { isUuid } from "./move-job.ts";
import type { JobTailView, TailTask } from "./sample-views.ts";
import { isTerminal } from "./transition.ts";

/** Tasks that are kept of each executor, and shown of all of them. */
export const tailLength = 50;
/** How long executors tell of tasks after somebody has looked. */
const watchSeconds = 15;
/** Looked at again, it is written anew only when so much of it is left. */
const renewBelowSeconds = 10;
/** What nobody looks at any more is forgotten after this. */
const keptSeconds = 3_600;

/** By the database's clock, like the leases. */
const now = Prisma.sql`(now() AT TIME ZONE 'UTC')`;
const inSeconds = (seconds: number) => Prisma.sql`${now} + make_interval(secs => ${seconds})`;

/** Whether somebody looks at the job's tasks. @param jobId an SQL expression */
export const isWatched = (jobId: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (SELECT 1 FROM "JobWatch" w WHERE w."jobId" = ${jobId} AND w.until > ${now})`;

/** Some of the tasks that ended last; from now on, for a while, executors tell of some. @throws AppError NotFound, Forbidden */
export async function readJobTail(ctx: Context, jobId: string): Promise<JobTailView> {
  demand(ctx, "job.read");
  const job = isUuid(jobId) ? await ctx.db.job.findFirst({ where: { id: jobId, accountId: ctx.accountId }, select: { status: true, tails: true } }) : null;
  if (!job) throw new AppError("NotFound", `There is no job ${jobId.slice(0, 36)}.`);
  if (!isTerminal(job.status)) await watch(ctx.db, jobId);
  const tasks = job.tails.flatMap((tail) => tail.tasks as unknown as TailTask[]);
  return { tasks: tasks.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1)).slice(0, tailLength) };
}

async function watch(db: Db, jobId: string): Promise<void> {
  const written = await db.$executeRaw`
    INSERT INTO "JobWatch" AS kept ("jobId", until) VALUES (${jobId}::uuid, ${inSeconds(watchSeconds)})
    ON CONFLICT ("jobId") DO UPDATE SET until = EXCLUDED.until WHERE kept.until < ${inSeconds(renewBelowSeconds)}`;
  if (written === 0) return;
  await db.$executeRaw`DELETE FROM "JobTail" WHERE "writtenAt" < ${inSeconds(-keptSeconds)}`;
  await db.$executeRaw`DELETE FROM "JobWatch" WHERE until < ${inSeconds(-keptSeconds)}`;
}

/** Puts an executor's last tasks in the place of those that it told of before. */
export async function writeTail(db: Db, jobId: string, executorId: string, tasks: readonly TailTask[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO "JobTail" ("jobId", "executorId", "writtenAt", tasks)
    SELECT j.id, ${executorId}, ${now}, ${JSON.stringify(tasks)}::jsonb FROM "Job" j WHERE j.id = ${jobId}::uuid
    ON CONFLICT ("jobId", "executorId") DO UPDATE SET "writtenAt" = EXCLUDED."writtenAt", tasks = EXCLUDED.tasks`;
}
