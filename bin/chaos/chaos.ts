import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { describeJob } from "#lib/jobs/describe-job.ts";
import { terminalStatuses } from "#lib/jobs/transition.ts";
import { checkJob } from "./check-job.ts";
import { pickEvent } from "./events.ts";
import { seededRandom } from "./random.ts";
import { roleArn, startWorld, type World } from "./world.ts";

/**
 * Jobs that must end right while everything they stand on is killed, stopped and cut at random.
 * The same seed brings the same events, though not at the same instruction.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1" },
    tasks: { type: "string", default: "20000" },
    minutes: { type: "string", default: "10" },
  },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const tasks = Number(values.tasks);
const limitMs = Number(values.minutes) * 60_000;

/** One object in a hundred or so is not there: failures have to be counted right, too. */
const rows = Array.from({ length: tasks }, (_, index) => (index % 97 === 0 ? `missing ${index}` : `object ${index}`));
const isMissing = (key: string): boolean => key.startsWith("missing");
const world = await startWorld(rows.filter((key) => !isMissing(key)));
let broken = 0;
try {
  await world.startWorker();
  await world.startWorker();
  for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
    const wrong = await survive(world, seed).catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
    if (wrong.length > 0) broken += 1;
    console.log(wrong.length === 0 ? `  seed ${seed}: survived` : `  seed ${seed}: BROKEN\n    ${wrong.slice(0, 20).join("\n    ")}`);
  }
} finally {
  await world.stop();
}
console.log(`\n${Number(values.seeds) - broken} of ${values.seeds} seeds survived, ${tasks.toLocaleString("en")} tasks each`);
process.exit(broken === 0 ? 0 : 1);

async function survive({ ctx, s3 }: World, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const { ETag = "" } = await s3.send(
    new PutObjectCommand({ Bucket: "manifests", Key: `${seed}.csv`, Body: rows.map((key) => `data,${encodeURIComponent(key)}\n`).join("") }),
  );
  const { jobId } = await createJob(ctx, {
    Operation: { S3PutObjectTagging: { TagSet: [{ Key: "seed", Value: String(seed) }] } },
    Manifest: {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: `arn:aws:s3:::manifests/${seed}.csv`, ETag },
    },
    Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "chaos" },
    Priority: 10,
    RoleArn: roleArn,
    ClientRequestToken: `chaos-${seed}`,
    ConfirmationRequired: true,
  });
  const ended = runToEnd(ctx, jobId);
  let over = false;
  void ended.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  const happened: string[] = [];
  while (!over) {
    await sleep(200 + random() * 1_800);
    const event = pickEvent(random);
    happened.push(event.name);
    await event.happen(world, random);
  }
  await ended;
  console.log(`  seed ${seed}: ${happened.join(", ")}`);
  return checkJob(world, jobId, rows, new Set(rows.filter(isMissing)));
}

/** Confirms the job once it is prepared, and waits for its end; the database may be away in between. */
async function runToEnd(ctx: World["ctx"], jobId: string): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    await sleep(300);
    const job = await describeJob(ctx, jobId).catch(() => null);
    if (job?.status === "Suspended") await confirmJob(ctx, { jobId, definitionDigest: job.definitionDigest }).catch(() => undefined);
    if (job && terminalStatuses.includes(job.status)) return;
  }
  const job = await describeJob(ctx, jobId);
  throw new Error(
    `the job has not ended after ${limitMs / 60_000} minutes: ${job.status}, ${job.succeededTasks}+${job.failedTasks} of ${job.totalTasks}, ${JSON.stringify(job.chunks)}`,
  );
}
