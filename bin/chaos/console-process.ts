import { setTimeout as sleep } from "node:timers/promises";
import { createBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import type { Context } from "#lib/jobs/context.ts";
import { describeJob } from "#lib/jobs/describe-job.ts";
import { listJobs } from "#lib/jobs/list-jobs.ts";
import { pauseJob } from "#lib/jobs/pause-job.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";

/**
 * Stands for the console, which does nothing but call verbs: this process calls them without end, until it is killed
 * in the middle of one. Its arguments are the jobs to look at and to change.
 */
const { DATABASE_URL } = env();
const db = createDb(DATABASE_URL, 2);
const boss = createBoss(DATABASE_URL, { max: 1 });
boss.on("error", () => undefined);
const ctx: Context = { db, boss, accountId: env().LONGSHORE_ACCOUNT_ID ?? "", now: () => new Date(), caller: { userId: null, name: "console", role: "admin" } };
process.on("disconnect", () => process.exit(1));

for (let turn = 0; ; turn += 1) {
  for (const jobId of process.argv.slice(2)) {
    const calls = [
      () => listJobs(ctx, {}),
      () => describeJob(ctx, jobId),
      () => updateJobPriority(ctx, { jobId, priority: turn % 20 }),
      () => pauseJob(ctx, { jobId }),
      () => resumeJob(ctx, { jobId }),
    ];
    // The job may have ended, and the database may be away: both are told to the person in front of the console.
    for (const call of calls) await call().catch(() => sleep(50));
  }
  await sleep(200);
}
