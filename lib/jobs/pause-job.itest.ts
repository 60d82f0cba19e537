import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Job, Prisma } from "../db/generated/client.ts";
import type { PersonRole } from "../db/generated/enums.ts";
import type { Context } from "./context.ts";
import { pauseJob } from "./pause-job.ts";
import { resumeJob } from "./resume-job.ts";
import { accountId, storeJob, storeRole } from "./testing/store-job.ts";
import { updateJobLimits } from "./update-job-limits.ts";

const now = new Date("2026-11-22T12:00:00Z");
let database: TestDatabase;
let db: Db;
let roleId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  roleId = await storeRole(db);
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

// None of these verbs sends anything to the queue, so it is not started.
const as = (role: PersonRole, name = `${role}@example.com`): Context => ({
  db,
  boss: createBoss(database.url),
  accountId,
  now: () => now,
  caller: { userId: null, name, role },
});

const makeJob = (data: Partial<Prisma.JobUncheckedCreateInput>) => storeJob(db, roleId, data);
const read = (jobId: string): Promise<Job> => db.job.findUniqueOrThrow({ where: { id: jobId } });
const timeline = async (jobId: string) =>
  (await db.jobEvent.findMany({ where: { jobId }, orderBy: { id: "asc" } })).map(({ type, actor, from, to, detail }) => [type, actor, from, to, detail]);

describe("pausing", () => {
  test.each([
    ["Ready", "Paused"],
    ["Active", "Pausing"],
    ["Pausing", "Pausing"],
    ["Paused", "Paused"],
  ] as const)("a job that is %s, of which a chunk runs, makes it %s, by that person", async (status, expected) => {
    const jobId = await makeJob({ status, ...(status === "Active" && { activeSince: new Date(now.getTime() - 60_000) }) });
    await db.chunk.create({
      data: { id: randomUUID(), jobId, index: 0, status: "Running", firstRow: 1, rows: 1, byteStart: 0, byteEnd: 1, executorId: "w/1/" },
    });
    await pauseJob(as("operator", "ada@example.com"), { jobId });
    expect(await read(jobId)).toMatchObject({ status: expected, pausedBy: "ada@example.com", activeSince: null, activeSeconds: status === "Active" ? 60 : 0 });
    expect(await timeline(jobId)).toEqual([["pause", "ada@example.com", status, expected, null]]);
  });

  test("a job of which nothing is in flight pauses it at once", async () => {
    const jobId = await makeJob({ status: "Active", activeSince: new Date(now.getTime() - 60_000) });
    await pauseJob(as("operator", "ada@example.com"), { jobId });
    expect(await read(jobId)).toMatchObject({ status: "Paused", pausedBy: "ada@example.com", activeSince: null, activeSeconds: 60 });
    expect((await timeline(jobId)).map(([type, , from, to]) => [type, from, to])).toEqual([
      ["pause", "Active", "Pausing"],
      ["halt", "Pausing", "Paused"],
    ]);
  });

  test("takes one person: the second is told who did it", async () => {
    const jobId = await makeJob({ status: "Active" });
    const both = await Promise.allSettled(["ada", "bo"].map((name) => pauseJob(as("operator", name), { jobId })));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "JobStatus", message: expect.stringMatching(/^(ada|bo) has paused this job already/) });
    expect((await timeline(jobId)).filter(([type]) => type === "pause")).toHaveLength(1);
  });

  test.each(["New", "Preparing", "Suspended", "Completing", "Complete", "Cancelling", "Cancelled", "Failing", "Failed"] as const)(
    "a job that is %s is refused",
    async (status) => {
      const jobId = await makeJob({ status });
      await expect(pauseJob(as("operator"), { jobId })).rejects.toMatchObject({ code: "JobStatus" });
      expect(await read(jobId)).toMatchObject({ status, pausedBy: null });
    },
  );

  test("is not for viewers, nor for another account's jobs", async () => {
    const jobId = await makeJob({ status: "Active" });
    const other = await makeJob({ status: "Active", accountId: "999999999999" });
    await expect(pauseJob(as("viewer"), { jobId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(pauseJob(as("admin"), { jobId: other })).rejects.toMatchObject({ code: "NotFound" });
    await expect(pauseJob(as("admin"), { jobId: "no-uuid" })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("resuming", () => {
  test.each([
    ["Pausing", "Active"],
    ["Paused", "Ready"],
  ] as const)("a job that is %s makes it %s", async (status, expected) => {
    const jobId = await makeJob({ status, pausedBy: "ada@example.com" });
    await resumeJob(as("operator", "bo@example.com"), { jobId });
    expect(await read(jobId)).toMatchObject({ status: expected, pausedBy: null });
    expect(await timeline(jobId)).toEqual([["resume", "bo@example.com", status, expected, null]]);
  });

  test("is refused where other jobs' priority keeps it from running, and to viewers", async () => {
    const waiting = await makeJob({ status: "Paused" });
    await expect(resumeJob(as("operator"), { jobId: waiting })).rejects.toMatchObject({
      code: "JobStatus",
      message: expect.stringContaining("Nobody has paused"),
    });
    const paused = await makeJob({ status: "Paused", pausedBy: "ada@example.com" });
    await expect(resumeJob(as("viewer"), { jobId: paused })).rejects.toMatchObject({ code: "Forbidden" });
  });

  test("is refused once the job was cancelled while it was paused", async () => {
    const jobId = await makeJob({ status: "Cancelling", pausedBy: "ada@example.com" });
    await expect(resumeJob(as("operator"), { jobId })).rejects.toMatchObject({ code: "JobStatus" });
  });
});

describe("limits of a job", () => {
  test("are set and lifted, and the timeline says to what", async () => {
    const jobId = await makeJob({ status: "Active" });
    const ctx = as("operator", "ada@example.com");
    await updateJobLimits(ctx, { jobId, limits: { maxInFlight: 2_000, maxRequestsPerSecond: null } });
    expect(await read(jobId)).toMatchObject({ maxInFlight: 2_000, maxRequestsPerSecond: null });
    await updateJobLimits(ctx, { jobId, limits: { maxInFlight: 2_000, maxRequestsPerSecond: null } });
    await updateJobLimits(ctx, { jobId, limits: { maxInFlight: null, maxRequestsPerSecond: null } });
    expect((await timeline(jobId)).map((event) => event.at(-1))).toEqual(["At most 2,000 at once", "No limit"]);
  });

  test("are refused to viewers, and for a job that has ended", async () => {
    const limits = { maxInFlight: 1, maxRequestsPerSecond: 1 };
    await expect(updateJobLimits(as("viewer"), { jobId: await makeJob({ status: "Active" }), limits })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(updateJobLimits(as("operator"), { jobId: await makeJob({ status: "Complete" }), limits })).rejects.toMatchObject({ code: "JobStatus" });
  });
});
