import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import { expireJobs } from "#lib/jobs/expire-jobs.ts";
import { listJobs } from "#lib/jobs/list-jobs.ts";
import { takeChunk } from "#lib/jobs/take-chunk.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";
import { type Engine, rowsOf, startEngine } from "./testing/engine-harness.ts";

let engine: Engine;
let keys: string[];
beforeAll(async () => {
  engine = await startEngine();
  keys = await engine.objects(3);
});
afterAll(() => engine.stop());

const suspended = async (Description?: string, Priority = 10): Promise<string> => {
  const jobId = await engine.create(rowsOf(keys), Description === undefined ? { Priority } : { Description, Priority });
  await engine.prepareNext();
  return jobId;
};

it("takes exactly what was shown, from one person", async () => {
  const jobId = await suspended();
  await engine.checkFirst(jobId);
  const { definitionDigest } = await engine.details(jobId);
  await expect(confirmJob(engine.as("reviewer"), { jobId, definitionDigest: "0".repeat(64) })).rejects.toMatchObject({ code: "Conflict" });
  await expect(confirmJob(engine.as("operator"), { jobId, definitionDigest })).rejects.toMatchObject({ code: "Forbidden" });

  const both = await Promise.allSettled(["rita", "rob"].map((name) => confirmJob(engine.as("reviewer", name), { jobId, definitionDigest })));
  expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
  const lost = both.find((outcome) => outcome.status === "rejected");
  expect(lost?.reason).toMatchObject({ code: "JobStatus", message: expect.stringMatching(/^(rita|rob) has confirmed this job already/) });
  expect((await engine.details(jobId)).events.filter((event) => event.type === "confirm")).toHaveLength(1);
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
});

it("is only for a job that waits for one, and only once it was prepared", async () => {
  const jobId = await engine.create(rowsOf(keys));
  const { definitionDigest } = await engine.details(jobId);
  await expect(confirmJob(engine.as("admin"), { jobId, definitionDigest })).rejects.toMatchObject({ code: "JobStatus" });
  await expect(confirmJob(engine.as("admin"), { jobId: "not-a-job", definitionDigest })).rejects.toMatchObject({ code: "NotFound" });
  await engine.prepareNext();
  await cancelJob(engine.as("operator"), { jobId });
  await expect(cancelJob(engine.as("operator"), { jobId })).rejects.toMatchObject({ code: "JobStatus" });
  await engine.reportNext();
});

it("asks for the number of objects where nobody can ever undo the job", async () => {
  const Operation = {
    S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" },
  };
  await expect(engine.create(rowsOf(keys), { Operation, ConfirmationRequired: false })).rejects.toMatchObject({
    code: "InvalidRequest",
    issues: [{ path: "ConfirmationRequired", message: expect.stringContaining("somebody has to review it") }],
  });
  const jobId = await engine.create(rowsOf(keys), { Operation });
  await engine.prepareNext();
  await engine.checkFirst(jobId);
  const { definitionDigest, irreversible, totalTasks, preflight } = await engine.details(jobId);
  expect(irreversible).toContain("COMPLIANCE");
  const confirm = (numberOfObjects?: number, digest: string | null = definitionDigest) =>
    confirmJob(engine.as("admin"), { jobId, definitionDigest: digest, numberOfObjects, acknowledgedPreflight: preflight?.checkedAt });
  await expect(confirm()).rejects.toMatchObject({ code: "InvalidRequest", issues: [{ path: "numberOfObjects" }] });
  await expect(confirm(totalTasks + 1)).rejects.toMatchObject({ code: "InvalidRequest", message: expect.stringContaining("on 3 objects, not on 4") });
  await expect(confirm(totalTasks, null)).rejects.toMatchObject({ code: "JobStatus", message: expect.stringContaining("in the console alone") });
  expect(await engine.details(jobId)).toMatchObject({ status: "Suspended" });
  await confirm(totalTasks);
  expect(await engine.details(jobId)).toMatchObject({ status: "Ready" });
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
});

it("of a dry run asks for no number: it changes nothing", async () => {
  const Operation = {
    S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" },
  };
  const jobId = await engine.create(rowsOf(keys), { Operation, DryRun: true, ConfirmationRequired: false });
  await engine.prepareNext();
  expect(await engine.details(jobId)).toMatchObject({ status: "Ready", irreversible: null });
  await cancelJob(engine.as("operator"), { jobId });
  await engine.reportNext();
});

it("is waited for thirty days, and not longer", async () => {
  const jobId = await suspended();
  const { expiresAt, suspendedAt } = await engine.details(jobId);
  expect(Date.parse(expiresAt ?? "") - Date.parse(suspendedAt ?? "")).toBe(30 * 24 * 3_600_000);
  engine.advance(30 * 24 * 3_600_000 - 60_000);
  expect(await expireJobs(engine.ctx)).toEqual([]);
  engine.advance(120_000);
  expect(await expireJobs(engine.ctx)).toHaveLength(1);
  expect(await engine.details(jobId)).toMatchObject({ status: "Failed", failureReasons: [{ FailureCode: "ConfirmationExpired" }], chunks: { Dropped: 1 } });
  engine.advance(-30 * 24 * 3_600_000 - 60_000);
});

it("lets the job of the highest priority go first, the older among equals, and a changed priority count", async () => {
  const [low, high, older] = [await suspended("low", 1), await suspended("high", 20), await suspended("older", 1)];
  for (const jobId of [low, high, older]) await engine.confirm(jobId);
  await updateJobPriority(engine.as("operator"), { jobId: older, priority: 30 });
  const order: (string | undefined)[] = [];
  for (let taken = await takeChunk(engine.ctx, "x"); taken; taken = await takeChunk(engine.ctx, "x")) order.push(taken.lease.jobId);
  expect(order).toEqual([older, high, low]);
  expect((await engine.details(older)).events.find((event) => event.type === "priority")?.detail).toBe("1 → 30");
});

it("finds jobs by description, id and status, in any order, page by page", async () => {
  const ids = await Promise.all(
    ["Weekly log copy 100%", "weekly Log COPY 2", "something_else"].map((text) => engine.create(rowsOf(keys), { Description: text })),
  );
  const viewer = engine.as("viewer");
  const found = async (query: Parameters<typeof listJobs>[1]) => (await listJobs(viewer, query)).jobs.map((job) => job.description);
  expect((await found({ q: "LOG copy", sort: "description", dir: "asc" })).sort()).toEqual(["Weekly log copy 100%", "weekly Log COPY 2"].sort());
  expect(await found({ q: "100%" })).toEqual(["Weekly log copy 100%"]);
  expect(await found({ q: "g_e" })).toEqual(["something_else"].filter((text) => text.includes("g_e")));
  expect(await found({ q: ids[2]?.slice(0, 13) ?? "" })).toEqual(["something_else"]);
  expect(await found({ q: "log copy", status: ["Complete"] })).toEqual([]);
  const all = await listJobs(viewer, { size: 2, sort: "createdAt", dir: "asc" });
  const second = await listJobs(viewer, { size: 2, page: 2, sort: "createdAt", dir: "asc" });
  expect(all.jobs).toHaveLength(2);
  expect(all.total).toBeGreaterThan(4);
  expect(second.jobs.map((job) => job.id)).not.toEqual(all.jobs.map((job) => job.id));
});
