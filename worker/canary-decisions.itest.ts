import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import { describeJobOperation } from "#lib/s3-control/operations/describe-job.ts";
import { updateJobStatusOperation } from "#lib/s3-control/operations/update-job-status.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

/** What people may decide, and what becomes of it. */
let engine: Engine;
let rows: string[];
beforeAll(async () => {
  engine = await startEngine();
  rows = ["data,missing", ...rowsOf(await engine.objects(9))];
});
afterAll(() => engine.stop());

async function prepared(more: Partial<CreateJobInput> = {}): Promise<string> {
  const jobId = await engine.create(rows, more);
  await engine.prepareNext();
  await engine.checkFirst(jobId);
  return jobId;
}
const runAll = async () => {
  while (await engine.executeNext());
};
async function afterCanary(canaryTasks = 4, more: Partial<CreateJobInput> = {}): Promise<string> {
  const jobId = await prepared(more);
  await engine.confirm(jobId, { canaryTasks });
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: canaryTasks - 1, failedTasks: 1 });
  return jobId;
}
const confirm = async (jobId: string, more: Partial<Parameters<typeof confirmJob>[1]>) => {
  const { definitionDigest, preflight } = await engine.details(jobId);
  await confirmJob(engine.as("reviewer"), { jobId, definitionDigest, acknowledgedPreflight: preflight?.checkedAt, ...more });
};
const cancel = async (jobId: string) => {
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
};

it("is of fewer objects than are left", async () => {
  const jobId = await prepared();
  const tooMany = { code: "InvalidRequest", issues: [{ path: "canaryTasks", message: expect.stringMatching(/^\d+ objects are left to run/) }] };
  await expect(confirm(jobId, { canaryTasks: 10 })).rejects.toMatchObject(tooMany);
  await confirm(jobId, { canaryTasks: 4 });
  await runAll();
  await expect(confirm(jobId, { canaryTasks: 6 })).rejects.toMatchObject(tooMany);
  await confirm(jobId, { canaryTasks: 5 });
  await runAll();
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended", succeededTasks: 8, failedTasks: 1 });
  const events = (await engine.details(jobId)).events.filter(({ type }) => type === "confirm" || type === "canary-end").map(({ detail }) => detail);
  expect(events).toEqual([
    expect.stringMatching(/^the first 4 objects, then ask again/),
    "4 of 10 tasks have run: 3 succeeded, 1 failed",
    expect.stringMatching(/^the next 5 objects, then ask again/),
    "9 of 10 tasks have run: 8 succeeded, 1 failed",
  ]);
  await cancel(jobId);
});

it("is not decided over a canary that was not seen", async () => {
  const jobId = await prepared();
  await confirm(jobId, { tasksRun: 0, canaryTasks: 4 });
  await runAll();
  // Another reviewer's page still shows that nothing has run.
  await expect(confirm(jobId, { tasksRun: 0 })).rejects.toMatchObject({ code: "Conflict", message: expect.stringContaining("Look at what came of them") });
  await confirm(jobId, { tasksRun: 4 });
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 9, failedTasks: 1 });
});

it("waits for thirty days again, and ends with the report of what ran", async () => {
  const jobId = await afterCanary();
  const { suspendedAt, preparedAt, expiresAt } = await engine.details(jobId);
  expect(Date.parse(suspendedAt ?? "")).toBeGreaterThan(Date.parse(preparedAt ?? ""));
  expect(Date.parse(expiresAt ?? "") - Date.parse(suspendedAt ?? "")).toBe(30 * 24 * 3_600_000);
  engine.advance(31 * 24 * 3_600_000);
  expect(await expireJobs(engine.ctx)).not.toContain(jobId);
  expect(await engine.details(jobId)).toMatchObject({ status: "Failing" });
  await engine.reportNext();
  engine.advance(-31 * 24 * 3_600_000);
  const expired = { status: "Failed", failureReasons: [{ FailureCode: "ConfirmationExpired", FailureReason: expect.stringContaining("the rest of the job") }] };
  expect(await engine.details(jobId)).toMatchObject(expired);
  expect(await engine.rows(jobId)).toHaveLength(4);
  expect(await engine.keys("work")).toEqual([]);
});

it("can be followed by a cancellation, which reports what ran", async () => {
  const jobId = await afterCanary();
  await cancel(jobId);
  expect(await engine.details(jobId)).toMatchObject({ status: "Cancelled", succeededTasks: 3, failedTasks: 1, canary: { until: 4, awaitsDecision: false } });
  expect((await engine.rows(jobId)).map(({ key }) => key).sort()).toEqual(["missing", "object 0", "object 1", "object 2"]);
  expect(await engine.keys("work")).toEqual([]);
});

it("of what can never be undone asks for the number of objects each time", async () => {
  const jobId = await engine.create(rowsOf(await engine.objects(10, "doomed/")), { Operation: { DeleteObject: {} } });
  await engine.prepareNext();
  await engine.checkFirst(jobId);
  const refused = { code: "InvalidRequest", issues: [{ path: "numberOfObjects" }] };
  await expect(confirm(jobId, { canaryTasks: 4 })).rejects.toMatchObject(refused);
  await confirm(jobId, { canaryTasks: 4, numberOfObjects: 10 });
  await runAll();
  await expect(confirm(jobId, {})).rejects.toMatchObject(refused);
  await expect(confirm(jobId, { numberOfObjects: 6 })).rejects.toMatchObject(refused);
  await confirm(jobId, { numberOfObjects: 10 });
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 10 });
});

it("fails the job when more than half of a thousand tasks fail", async () => {
  const jobId = await engine.create(rowsOf(Array.from({ length: 1_100 }, (_, row) => `missing ${row}`)));
  await engine.prepareNext();
  await engine.confirm(jobId, { canaryTasks: 1_050 });
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Failed", failureReasons: [{ FailureCode: "JobFailureThresholdExceeded" }] });
});

it("is not begun while a worker of an older version runs", async () => {
  const jobId = await prepared();
  // Seen in an hour, so that it is not silent by then.
  await engine.db.$executeRaw`
    INSERT INTO "Worker" (id, hostname, pid, executors, "lastSeenAt") VALUES ('old', 'old-host', 1, 1, now() AT TIME ZONE 'UTC' + interval '1 hour')`;
  await expect(confirm(jobId, { canaryTasks: 4 })).rejects.toMatchObject({
    code: "Conflict",
    message: expect.stringContaining("The worker on old-host is of an older version"),
  });
  await engine.db.worker.deleteMany();
  await cancel(jobId);
});

it("shows AWS's clients a suspended job with its progress, and their Ready runs the rest", async () => {
  const jobId = await afterCanary();
  const reviewer = engine.as("reviewer");
  const request = (query: string) => ({ jobId, query: new URLSearchParams(query), body: "" }) as unknown as Parameters<typeof describeJobOperation.run>[1];
  const shown = await describeJobOperation.run(reviewer, request(""));
  expect(shown).toContain("<Status>Suspended</Status>");
  expect(shown).toContain("<NumberOfTasksSucceeded>3</NumberOfTasksSucceeded>");
  expect(await updateJobStatusOperation.run(reviewer, request("requestedJobStatus=Ready"))).toContain("<Status>Ready</Status>");
  await runAll();
  await engine.reportNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Complete", succeededTasks: 9, failedTasks: 1 });
  expect(await engine.rows(jobId)).toHaveLength(10);
});
