import { createHash } from "node:crypto";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { describeJob } from "#lib/jobs/describe-job.ts";
import { reportManifestSchema } from "#lib/reports/report-manifest.ts";
import { parseReportRow, type ReportRow } from "#lib/reports/report-row.ts";
import type { ChaosJob } from "./jobs.ts";
import type { World } from "./world.ts";

/** What must hold of an ended job, whatever happened meanwhile. @returns what does not */
export async function checkJob(world: World, { jobId, rows, seed }: ChaosJob): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  const job = await describeJob(world.ctx, jobId);
  expect(job.status === "Complete", `the job is ${job.status}: ${JSON.stringify(job.failureReasons)}`);
  expect(job.totalTasks === rows.length, `it counted ${job.totalTasks} rows of ${rows.length}`);
  if (job.status !== "Complete") return wrong;

  const expected = new Map(rows.map((row) => [`${row.bucket}/${row.key}`, row]));
  const codes = new Map<string, number>();
  const { reported, problems } = await readWholeReport(world, jobId);
  wrong.push(...problems);
  const seen = new Set<string>();
  let failed = 0;
  for (const { bucket, key, status, errorCode, httpStatus, message } of reported) {
    const name = `${bucket}/${key}`;
    const row = expected.get(name);
    if (!row) wrong.push(`${name} is in the report and not in the manifest`);
    else if (seen.has(name)) wrong.push(`${name} is in the report more than once`);
    else if (status === "succeeded") {
      expect(row.fails === null, `${name} succeeded, though it cannot`);
      const tags = world.sandbox.store.versions.current(bucket, key)?.tags ?? [];
      expect(tags[0]?.value === String(seed), `${name} succeeded and has not got its tag`);
    } else {
      failed += 1;
      codes.set(`${errorCode} ${httpStatus}`, (codes.get(`${errorCode} ${httpStatus}`) ?? 0) + 1);
      expect(row.fails === errorCode, `${name} failed: ${httpStatus} ${errorCode} ${message}`);
    }
    seen.add(name);
  }
  const missing = [...expected.keys()].filter((name) => !seen.has(name));
  expect(missing.length === 0, `${missing.length} rows are not in the report, such as ${missing[0]}`);
  expect(
    job.failedTasks === failed && job.succeededTasks === reported.length - failed,
    `counters say ${job.succeededTasks}+${job.failedTasks}, the report ${reported.length - failed}+${failed}`,
  );
  const counted = new Map(job.errors.map((error) => [`${error.code} ${error.httpStatus || "null"}`, error.count]));
  for (const code of new Set([...codes.keys(), ...counted.keys()]))
    expect(codes.get(code) === counted.get(code), `${code}: counted ${counted.get(code) ?? 0}, in the report ${codes.get(code) ?? 0}`);

  const chunks = await world.ctx.db.chunk.findMany({ where: { jobId }, orderBy: { index: "asc" } });
  // Rows that a chunk gave back are chunks of their own, perhaps from its middle; that each ran once, the report shows.
  let inChunks = 0;
  for (const chunk of chunks) {
    expect(chunk.status === "Done" && chunk.executorId === null, `chunk ${chunk.index} is ${chunk.status}, held by ${chunk.executorId}`);
    expect(chunk.succeeded + chunk.failed === chunk.rows, `chunk ${chunk.index} is not whole`);
    inChunks += chunk.rows;
  }
  expect(inChunks === rows.length, `the chunks have ${inChunks} rows, the manifest ${rows.length}`);
  const { chunksTotal, chunksDone } = await world.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
  expect(chunksTotal === chunks.length && chunksDone === chunks.length, `${chunksDone} of ${chunksTotal} chunks are said to be done, of ${chunks.length}`);
  return wrong;
}

async function readWholeReport(world: World, jobId: string): Promise<{ reported: ReportRow[]; problems: string[] }> {
  const text = async (Key: string) => (await (await world.s3.send(new GetObjectCommand({ Bucket: "reports", Key }))).Body?.transformToString()) ?? "";
  const reported: ReportRow[] = [];
  const problems: string[] = [];
  const folder = `chaos/job-${jobId}/`;
  const manifest = reportManifestSchema.parse(JSON.parse(await text(`${folder}manifest.json`)));
  for (const { Key, MD5Checksum, TaskExecutionStatus } of manifest.Results) {
    const file = await text(Key);
    if (createHash("md5").update(file).digest("hex") !== MD5Checksum) problems.push(`${Key} has another MD5 than manifest.json says`);
    for (const line of file.split("\n").slice(0, -1)) {
      const row = parseReportRow(line);
      if (row?.status === TaskExecutionStatus) reported.push(row);
      else problems.push(`${Key} has a line that is not a row of its kind: ${line.slice(0, 200)}`);
    }
  }
  const named = new Set([`${folder}manifest.json`, `${folder}manifest.json.md5`, ...manifest.Results.map((result) => result.Key)]);
  const listed = world.sandbox.store.listings.objects("reports", { prefix: folder, delimiter: "", max: 1_000 }, "");
  for (const { entry } of listed.lines) if (entry && !named.has(entry.key)) problems.push(`${entry.key} is in the report's folder and belongs to nothing`);
  return { reported, problems };
}
