import { createHash } from "node:crypto";
import { GetObjectTaggingCommand, ListMultipartUploadsCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createBoss } from "#lib/db/boss.ts";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { completeChunk } from "#lib/jobs/complete-chunk.ts";
import { chunkQueue } from "#lib/jobs/queues.ts";
import { renewChunks } from "#lib/jobs/renew-chunks.ts";
import { releaseChunk, takeChunk } from "#lib/jobs/take-chunk.ts";
import { openReportFile } from "#lib/reports/open-report-file.ts";
import type { ReportManifest } from "#lib/reports/report-manifest.ts";
import type { FaultAnswer } from "../sandbox/faults.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(2_500);
});
afterEach(() => engine.sandbox.faults.clear());
afterAll(() => engine.stop());

const tagsOf = async (key: string) => (await engine.s3.send(new GetObjectTaggingCommand({ Bucket: "data", Key: key }))).TagSet;
const missing = (count: number) => Array.from({ length: count }, (_, index) => `data,missing-${index}`);

describe("a tagging job", () => {
  it("tags every object, reports every row once, and leaves nothing behind", async () => {
    const jobId = await engine.create([...rowsOf(keys), ...missing(7)]);
    const job = await engine.run(jobId);

    expect(job).toMatchObject({ status: "Complete", totalTasks: 2_507, succeededTasks: 2_500, failedTasks: 7, failureReasons: [] });
    expect(job.events.map((event) => event.to)).toEqual(["New", "Preparing", "Suspended", "Ready", "Active", "Completing", "Complete"]);
    expect(job.errors).toMatchObject([{ code: "NoSuchKey", httpStatus: 404, count: 7 }]);
    expect(job.errors[0]?.samples).toHaveLength(5);
    const rows = await engine.rows(jobId);
    expect(rows).toHaveLength(2_507);
    expect(new Set(rows.map((row) => row.key)).size).toBe(2_507);
    expect(rows.filter((row) => row.status === "failed").map((row) => row.errorCode)).toEqual(Array(7).fill("NoSuchKey"));
    for (const key of [keys[0], keys[1_234], keys[2_499]]) expect(await tagsOf(key as string)).toEqual([{ Key: "team", Value: "data" }]);

    expect(await engine.keys("work")).toEqual([]);
    expect((await engine.s3.send(new ListMultipartUploadsCommand({ Bucket: "reports" }))).Uploads ?? []).toEqual([]);
    expect(await engine.boss.getQueue(chunkQueue(jobId))).toBeNull();
    expect(await engine.db.chunk.count({ where: { jobId, status: { not: "Done" } } })).toBe(0);
  });

  it("writes the report in the service's layout", async () => {
    const jobId = await engine.create([...rowsOf(keys.slice(0, 3)), ...missing(1)]);
    await engine.run(jobId);
    const folder = `reports/job-${jobId}/`;
    const text = await engine.text("reports", `${folder}manifest.json`);
    const manifest = JSON.parse(text) as ReportManifest;
    expect(manifest).toMatchObject({
      Format: "Report_CSV_20180820",
      ReportSchema: "Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage",
    });
    expect(await engine.text("reports", `${folder}manifest.json.md5`)).toBe(createHash("md5").update(text).digest("hex"));
    expect(manifest.Results.map((file) => file.TaskExecutionStatus)).toEqual(["succeeded", "failed"]);
    for (const file of manifest.Results) {
      expect(file.Key).toMatch(new RegExp(`^${folder}results/[0-9a-f]{40}\\.csv$`));
      expect(
        createHash("md5")
          .update(await engine.text(file.Bucket, file.Key))
          .digest("hex"),
      ).toBe(file.MD5Checksum);
    }
    const [succeeded, failed] = await Promise.all(manifest.Results.map((file) => engine.text("reports", file.Key)));
    expect(succeeded?.split("\n").sort().at(-1)).toBe("data,object%202,,succeeded,200,,Successful");
    expect(failed).toMatch(/^data,missing-0,,failed,404,NoSuchKey,.+\n$/);
  });

  it("reports only failures when asked to, and nothing when not asked", async () => {
    const rows = [...rowsOf(keys.slice(0, 5)), ...missing(2)];
    const failedOnly = await engine.create(rows, { Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", ReportScope: "FailedTasksOnly" } });
    await engine.run(failedOnly);
    expect((await engine.rows(failedOnly)).map((row) => row.key).sort()).toEqual(["missing-0", "missing-1"]);

    const without = await engine.create(rows, { Report: { Enabled: false } });
    expect(await engine.run(without)).toMatchObject({ status: "Complete", succeededTasks: 5, failedTasks: 2, reportLocation: null });
    expect(await engine.keys("reports", `job-${without}`)).toEqual([]);
    await expect(engine.rows(without)).rejects.toMatchObject({ code: "NotFound" });
  });

  it("runs by itself when no confirmation is required", async () => {
    const jobId = await engine.create(rowsOf(keys.slice(0, 2)), { ConfirmationRequired: false });
    const job = await engine.run(jobId);
    expect(job.events.map((event) => event.to)).toEqual(["New", "Preparing", "Ready", "Active", "Completing", "Complete"]);
  });
});

it("a copying job copies, with tags and under its prefix", async () => {
  const jobId = await engine.create(rowsOf(keys.slice(0, 3)), {
    Operation: { S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", TargetKeyPrefix: "copy of/" } },
  });
  expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 3 });
  expect(await engine.keys("target")).toEqual(keys.slice(0, 3).map((key) => `copy of/${key}`));
  expect(await engine.text("target", `copy of/${keys[1]}`)).toBe(keys[1]);
});

describe("a store in trouble", () => {
  it("is asked again, and no task fails for it", async () => {
    // Not by chance: ten for one task would fail it.
    const inTurn: FaultAnswer[][] = [["SlowDown"], ["SlowDown", "drop", "SlowDown"], ["drop-reply", "SlowDown"]];
    const troubles = new Map(keys.slice(0, 300).map((key, at) => [key, [...(inTurn[at % 10] ?? [])]]));
    engine.sandbox.faults.add({ operation: "PutObjectTagging", choose: ({ key }) => troubles.get(key)?.shift() });
    const jobId = await engine.create(rowsOf(keys.slice(0, 300)));
    expect(await engine.run(jobId)).toMatchObject({ status: "Complete", succeededTasks: 300, failedTasks: 0 });
    expect([...troubles.values()].flat()).toEqual([]);
    expect(await engine.rows(jobId)).toHaveLength(300);
  });

  it("keeps the report waiting, not lost", async () => {
    const jobId = await engine.create(rowsOf(keys.slice(0, 5)));
    await engine.prepareNext();
    await engine.confirm(jobId);
    while (await engine.executeNext());
    engine.sandbox.faults.add({ bucket: "reports", answer: "InternalError" });
    await engine.reportNext();
    const waiting = await engine.details(jobId);
    expect(waiting.status).toBe("Completing");
    expect(waiting.events.at(-1)).toMatchObject({ type: "delay" });
    engine.sandbox.faults.clear();
    await expect.poll(() => engine.reportNext()).toBe(true);
    expect(await engine.details(jobId)).toMatchObject({ status: "Complete" });
    expect(await engine.rows(jobId)).toHaveLength(5);
  });
});

describe("a job that ends early", () => {
  it("fails past the threshold, and reports what ran", async () => {
    const jobId = await engine.create([...missing(1_500), ...rowsOf(keys)]);
    const job = await engine.run(jobId);
    expect(job).toMatchObject({ status: "Failed", failedTasks: 1_000, succeededTasks: 0, chunks: { Done: 1, Dropped: 3 } });
    expect(job.failureReasons).toMatchObject([{ FailureCode: "JobFailureThresholdExceeded" }]);
    expect(await engine.rows(jobId)).toHaveLength(1_000);
  });

  it("fails past the threshold on its last chunk, too", async () => {
    const jobId = await engine.create(missing(1_000));
    expect(await engine.run(jobId)).toMatchObject({ status: "Failed", failedTasks: 1_000, failureReasons: [{ FailureCode: "JobFailureThresholdExceeded" }] });
    expect(await engine.rows(jobId)).toHaveLength(1_000);
  });

  it("is cancelled, and reports what ran", async () => {
    const jobId = await engine.create(rowsOf(keys));
    await engine.prepareNext();
    await engine.confirm(jobId);
    await engine.executeNext();
    await cancelJob(engine.as("operator", "olga"), { jobId, reason: "wrong tags" });
    expect((await engine.details(jobId)).status).toBe("Cancelling");
    expect(await engine.executeNext()).toBe(false);
    await engine.reportNext();
    const job = await engine.details(jobId);
    expect(job).toMatchObject({ status: "Cancelled", succeededTasks: 1_000, chunks: { Done: 1, Dropped: 2 }, statusUpdateReason: "wrong tags" });
    expect(job.events.find((event) => event.type === "cancel")).toMatchObject({ actor: "olga", detail: "wrong tags" });
    expect(await engine.rows(jobId)).toHaveLength(1_000);
    expect(await engine.keys("work")).toEqual([]);
  });

  it("is cancelled before it was prepared", async () => {
    const jobId = await engine.create(rowsOf(keys));
    await cancelJob(engine.as("operator"), { jobId });
    await engine.prepareNext();
    await engine.reportNext();
    expect(await engine.details(jobId)).toMatchObject({ status: "Cancelled", totalTasks: 0 });
  });
});

describe("hostile input", () => {
  it("of characters that the database refuses is counted all the same", async () => {
    const jobId = await engine.create(["data,a%00b", "data,c%00d"]);
    const job = await engine.run(jobId);
    expect(job).toMatchObject({ status: "Complete", failedTasks: 2, manifestSample: [{ key: "a\uFFFDb" }, { key: "c\uFFFDd" }] });
    expect((await engine.rows(jobId)).map((row) => row.key).sort()).toEqual(["a\0b", "c\0d"]);
  });

  it("in the report's manifest.json opens no other object", async () => {
    const jobId = await engine.create(rowsOf(keys.slice(0, 1)));
    await engine.run(jobId);
    const key = `reports/job-${jobId}/manifest.json`;
    const manifest = JSON.parse(await engine.text("reports", key)) as ReportManifest;
    await engine.put("reports", key, JSON.stringify({ ...manifest, Results: [{ ...manifest.Results[0], Key: "payroll.csv" }] }));
    await engine.put("reports", "payroll.csv", "data,secret,,succeeded,200,,Successful\n");
    await expect(engine.rows(jobId)).rejects.toMatchObject({ code: "Upstream" });
    await expect(openReportFile(engine.as("viewer"), { jobId, key: "payroll.csv" })).rejects.toMatchObject({ code: "Upstream" });
  });
});

describe("a lease", () => {
  it("of a job that has ended is lost, for an executor that slept through the end as well", async () => {
    const jobId = await engine.create(rowsOf(keys.slice(0, 1)));
    await engine.prepareNext();
    await engine.confirm(jobId);
    const zombie = await takeChunk(engine.ctx, "zombie");
    if (!zombie) throw new Error("no chunk");
    await releaseChunk(engine.ctx, zombie.lease);
    while (await engine.executeNext());
    await engine.reportNext();
    // Another process's memory of the queues: it does not know the one that is gone.
    const boss = createBoss(engine.databaseUrl);
    await boss.start();
    const awake = { ...engine.ctx, boss };
    const renewals = await renewChunks(awake, "zombie", [{ lease: zombie.lease, live: { succeeded: 0, failed: 0 } }]);
    expect(renewals.get(zombie.lease.chunkId)?.next).toBe("lost");
    expect(await completeChunk(awake, zombie.lease, result)).toBe(false);
    await boss.stop({ graceful: false });
    expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 1 });
  });

  const result = { succeeded: 1, failed: 0, errors: [], succeededPart: null, failedPart: null, rest: [] };

  it("that was lost changes nothing", async () => {
    const jobId = await engine.create(rowsOf(keys.slice(0, 1)));
    await engine.prepareNext();
    await engine.confirm(jobId);
    const zombie = await takeChunk(engine.ctx, "zombie");
    if (!zombie) throw new Error("no chunk");
    await releaseChunk(engine.ctx, zombie.lease);
    const other = await takeChunk(engine.ctx, "other");
    if (!other) throw new Error("no second chunk");
    expect(other.lease).toMatchObject({ chunkId: zombie.lease.chunkId, attempt: zombie.lease.attempt + 1 });

    expect(await completeChunk(engine.ctx, zombie.lease, result)).toBe(false);
    await releaseChunk(engine.ctx, zombie.lease);
    expect(await engine.details(jobId)).toMatchObject({ status: "Active", succeededTasks: 0, chunks: { Running: 1 } });
    expect(await completeChunk(engine.ctx, other.lease, result)).toBe(true);
    expect(await completeChunk(engine.ctx, other.lease, result)).toBe(false);
    expect(await engine.details(jobId)).toMatchObject({ status: "Completing", succeededTasks: 1 });
    await engine.reportNext();
  });
});
