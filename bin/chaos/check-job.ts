import { ListMultipartUploadsCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { describeJob } from "#lib/jobs/describe-job.ts";
import { readReport } from "#lib/reports/read-report.ts";
import type { World } from "./world.ts";

/** What must hold of an ended job, whatever happened meanwhile. @returns what does not */
export async function checkJob(world: World, jobId: string, rows: string[], expectedFailures: Set<string>): Promise<string[]> {
  const { ctx, s3 } = world;
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const job = await describeJob(ctx, jobId);
  expect(job.status === "Complete", `the job is ${job.status}: ${JSON.stringify(job.failureReasons)}`);
  expect(job.totalTasks === rows.length, `it counted ${job.totalTasks} rows of ${rows.length}`);

  const seen = new Map<string, number>();
  let failed = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await readReport(ctx, { jobId, cursor, limit: 500 });
    for (const row of page.rows) {
      seen.set(row.key, (seen.get(row.key) ?? 0) + 1);
      if (row.status === "failed") failed += 1;
      if (row.status === "failed" && !expectedFailures.has(row.key)) wrong.push(`${row.key} failed: ${row.errorCode} ${row.message}`);
    }
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const twice = [...seen].filter(([, count]) => count > 1);
  const missing = rows.filter((key) => !seen.has(key));
  expect(twice.length === 0, `${twice.length} rows are in the report more than once, such as ${twice[0]?.[0]}`);
  expect(missing.length === 0, `${missing.length} rows are not in the report, such as ${missing[0]}`);
  expect(
    job.failedTasks === failed && job.succeededTasks === seen.size - failed,
    `counters say ${job.succeededTasks}+${job.failedTasks}, the report ${seen.size - failed}+${failed}`,
  );
  expect(job.errors.reduce((sum, error) => sum + error.count, 0) === failed, "the failures by code do not add up to the failures");

  const parts = await s3.send(new ListObjectsV2Command({ Bucket: "work" }));
  expect((parts.KeyCount ?? 0) === 0, `${parts.KeyCount} objects are left in the work area`);
  for (const Bucket of ["work", "reports"]) {
    const uploads = (await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? [];
    expect(uploads.length === 0, `${uploads.length} unfinished uploads are left in ${Bucket}`);
  }
  const queues = (await ctx.boss.getQueues()).filter((queue) => queue.name.includes(jobId));
  expect(queues.length === 0, "the job's queue is left");
  return wrong;
}
