import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { CreateBucketCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import type { ReportPage } from "#lib/reports/read-report.ts";
import { signIn } from "./demo/api.ts";
import { inParallel } from "./demo/in-parallel.ts";
import { openProgress } from "./demo/progress.ts";
import { StartError } from "./errors.ts";
import { readLocalFile } from "./launcher/local-file.ts";
import { parseLaunchSettings } from "./launcher/settings.ts";

/** The main job from end to end against a running local start, without a browser; any difference from what should be ends it with an error. */
const SAMPLE = 100;
const REPORTS = "sample-reports";
const ended = new Set(["Complete", "Failed", "Cancelled"]);

const demand = (holds: boolean, what: string): void => {
  if (!holds) throw new StartError(`The demo failed: ${what}`);
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { objects: { type: "string", default: "10000" } } });
  const count = Number(values.objects);
  demand(Number.isInteger(count) && count >= 1 && count <= 1_000_000, `--objects must be a whole number from 1 to 1000000, not ${values.objects}.`);
  const { dataDir } = parseLaunchSettings(process.env);
  const local = readLocalFile(join(dataDir, "local.json"));
  const { s3: sandbox, roleArn, admin } = local;
  if (!sandbox || !roleArn) throw new StartError("The demo needs the sandbox S3. Start with LONGSHORE_SANDBOX=on npm start");
  if (!admin.password) throw new StartError(`The demo signs in as ${admin.email}, whose password is no longer the generated one.`);
  const api = await signIn(local.url, admin.email, admin.password);

  const { endpoint, region, accessKeyId, secretAccessKey } = sandbox;
  const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true });
  const run = randomBytes(4).toString("hex");
  const bucket = `demo-${run}`;
  const keys = Array.from({ length: count }, (_, index) => `photos/${String(index % 100).padStart(2, "0")}/photo ${String(index).padStart(7, "0")}.jpg`);
  const tags = [
    { Key: "project", Value: "demo" },
    { Key: "run", Value: run },
  ];

  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const making = openProgress(`Making ${count.toLocaleString("en")} objects in ${bucket}`, count);
  await inParallel(keys, 32, async (key) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: key }));
    making.add(1);
  });
  making.end();

  const manifestKey = "manifest.csv";
  const rows = keys.map((key) => `${bucket},${key.split("/").map(encodeURIComponent).join("/")}\n`).join("");
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: manifestKey, Body: rows }));
  const input: CreateJobInput = {
    Operation: { S3PutObjectTagging: { TagSet: tags } },
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: `arn:aws:s3:::${bucket}/${manifestKey}`, ETag: ETag ?? "" },
    },
    Report: { Enabled: true, Bucket: `arn:aws:s3:::${REPORTS}`, Prefix: "demo", ReportScope: "AllTasks" },
    Priority: 10,
    RoleArn: roleArn,
    ClientRequestToken: `demo-${run}`,
    Description: `Demo: tag ${count} objects`,
    ConfirmationRequired: true,
  };
  const { jobId } = await api.post<{ jobId: string }>("/api/jobs", input);
  const describe = () => api.get<JobDetails>(`/api/jobs/${jobId}`);
  console.log(`  Job ${jobId}: ${local.url}/jobs/${jobId}`);

  const prepared = await until(describe, (job) => (job.status === "Suspended" && job.preflight !== null) || ended.has(job.status));
  demand(prepared.status === "Suspended", `after preparation the job is ${prepared.status}, not Suspended. ${reasons(prepared)}`);
  demand(prepared.totalTasks === count, `the manifest has ${count} rows, the job counted ${prepared.totalTasks}.`);
  console.log(`  Prepared: ${prepared.totalTasks.toLocaleString("en")} objects. "${prepared.sentence}". Confirming.`);
  await api.post(`/api/jobs/${jobId}/confirm`, { definitionDigest: prepared.definitionDigest });

  const running = openProgress("Tagging", count);
  const done = await until(describe, (job) => {
    running.set(job.succeededTasks + job.failedTasks);
    return ended.has(job.status);
  });
  running.end();
  demand(done.status === "Complete", `the job ended as ${done.status}. ${reasons(done)}`);
  demand(done.succeededTasks === count && done.failedTasks === 0, `${done.succeededTasks} tasks succeeded and ${done.failedTasks} failed, of ${count}.`);

  const reported = await readWholeReport(api.get, jobId, count);
  const wanted = new Set(keys);
  demand(reported.length === count, `the completion report has ${reported.length} rows instead of ${count}.`);
  demand(new Set(reported).size === count && reported.every((key) => wanted.has(key)), "the completion report's rows are not those of the manifest.");
  console.log(`  Report: ${reported.length.toLocaleString("en")} rows, one for each object, all succeeded (${done.reportLocation}).`);

  const step = Math.max(1, Math.floor(count / SAMPLE));
  const sample = keys.filter((_, index) => index % step === 0);
  await inParallel(sample, 16, async (key) => {
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: key }));
    const found = TagSet.map((tag) => `${tag.Key}=${tag.Value}`).sort();
    demand(found.join() === `project=demo,run=${run}`, `${key} has the tags [${found.join(", ")}].`);
  });
  console.log(`  Tags: read back from ${sample.length} objects, all as asked.`);
  const rate = done.elapsedActiveSeconds > 0 ? ` at ${Math.round(count / done.elapsedActiveSeconds).toLocaleString("en")} a second` : "";
  console.log(
    `\n  Done: ${count.toLocaleString("en")} objects tagged in ${done.elapsedActiveSeconds.toFixed(1)} s${rate}. Look at it: ${local.url}/jobs/${jobId}`,
  );
}

async function readWholeReport(get: <T>(path: string) => Promise<T>, jobId: string, count: number): Promise<string[]> {
  const keys: string[] = [];
  const reading = openProgress("Reading the completion report", count);
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query: string = new URLSearchParams({ limit: "500", ...(cursor && { cursor }) }).toString();
    const page: ReportPage = await get<ReportPage>(`/api/jobs/${jobId}/report?${query}`);
    for (const row of page.rows) demand(row.status === "succeeded", `the report says that ${row.key} ${row.status}: ${row.message}`);
    keys.push(...page.rows.map((row) => row.key));
    reading.set(keys.length);
    cursor = page.nextCursor;
  }
  reading.end();
  return keys;
}

const reasons = (job: JobDetails): string => job.failureReasons.map((reason) => `${reason.FailureCode}: ${reason.FailureReason}`).join(" ");

async function until<T>(ask: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    await new Promise((done) => setTimeout(done, 300));
  }
}

process.on("disconnect", () => process.exit(130));
try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartError ? `\n${error.message}` : error);
  process.exit(1);
}
