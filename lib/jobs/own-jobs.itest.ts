import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { PersonRole } from "../db/generated/enums.ts";
import { askAgain } from "./ask-again.ts";
import { cancelJob } from "./cancel-job.ts";
import { changeJobs, foreseeChanges } from "./change-jobs.ts";
import { commentOnJob } from "./comment-on-job.ts";
import type { Context } from "./context.ts";
import { deleteJobTagging } from "./delete-job-tagging.ts";
import { makeWay } from "./make-way.ts";
import { pauseJob } from "./pause-job.ts";
import { putJobTagging } from "./put-job-tagging.ts";
import { reportQueue } from "./queues.ts";
import { resumeJob } from "./resume-job.ts";
import { accountId, storeJob, storeRole } from "./testing/store-job.ts";
import { updateJobLimits } from "./update-job-limits.ts";
import { updateJobPriority } from "./update-job-priority.ts";

const now = new Date("2026-11-28T12:00:00Z");
let database: TestDatabase;
let db: Db;
let boss: Context["boss"];
let roleId: string;
const ids = new Map<string, string>();

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  boss = createBoss(database.url);
  await boss.start();
  await boss.createQueue(reportQueue);
  roleId = await storeRole(db);
  for (const name of ["ada", "olga", "vera", "rita", "adam"]) {
    const id = randomUUID();
    ids.set(name, id);
    await db.user.create({ data: { id, name, email: `${name}@example.com` } });
  }
});

afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
});

const as = (name: string, role: PersonRole): Context => ({
  db,
  boss,
  accountId,
  now: () => now,
  caller: { userId: ids.get(name) ?? "", name: `${name}@example.com`, role },
});

/** Of ada's, as the verb needs it. */
const makeJob = (data: { status?: "Active" | "Paused" | "Suspended"; pausedBy?: string; sentBackAt?: Date; createdById?: string | null } = {}) =>
  storeJob(db, roleId, { description: "of ada's", status: "Active", createdById: ids.get("ada") ?? "", ...data });

type Verb = (ctx: Context, jobId: string) => Promise<unknown>;
/** Every verb that changes a job, and how the job stands that allows it. */
const own: [string, Parameters<typeof makeJob>[0], Verb][] = [
  ["cancel", {}, (ctx, jobId) => cancelJob(ctx, { jobId })],
  ["pause", {}, (ctx, jobId) => pauseJob(ctx, { jobId })],
  ["resume", { status: "Paused", pausedBy: "ada@example.com" }, (ctx, jobId) => resumeJob(ctx, { jobId })],
  ["priority", {}, (ctx, jobId) => updateJobPriority(ctx, { jobId, priority: 7 })],
  ["limits", {}, (ctx, jobId) => updateJobLimits(ctx, { jobId, limits: { maxInFlight: 1, maxRequestsPerSecond: null } })],
  ["tags", {}, (ctx, jobId) => putJobTagging(ctx, { jobId, tags: [{ Key: "a", Value: "b" }] })],
  ["no tags", {}, (ctx, jobId) => deleteJobTagging(ctx, jobId)],
  ["ask again", { status: "Suspended", sentBackAt: now }, (ctx, jobId) => askAgain(ctx, { jobId, comment: "It is right" })],
  ["replace", { status: "Suspended" }, (ctx, jobId) => db.$transaction((tx) => makeWay(ctx, tx, { jobId, replacedBy: randomUUID() }))],
];
const people: [string, PersonRole, boolean][] = [
  ["ada", "operator", true],
  ["olga", "operator", false],
  ["vera", "viewer", false],
  ["ada", "viewer", false],
  ["rita", "reviewer", true],
  ["adam", "admin", true],
];

describe.each(own)("%s", (_name, job, verb) => {
  it.each(people)("%s, %s: %s", async (name, role, allowed) => {
    const jobId = await makeJob(job);
    const before = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    const asked = verb(as(name, role), jobId);
    if (allowed) return void (await asked);
    const words =
      role === "viewer"
        ? /Your role \(viewer\) may not/
        : /^ada \(ada@example\.com\) created this job\. .*ask ada \(ada@example\.com\), a reviewer or an administrator\.$/;
    await expect(asked).rejects.toMatchObject({ code: "Forbidden", message: expect.stringMatching(words) });
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toEqual(before);
    expect(await db.jobEvent.count({ where: { jobId } })).toBe(0);
  });
});

it("leaves a job whose creator has left to reviewers", async () => {
  const jobId = await makeJob({ createdById: null });
  await expect(cancelJob(as("olga", "operator"), { jobId })).rejects.toMatchObject({ message: expect.stringContaining("Whoever created this job has left") });
  await cancelJob(as("rita", "reviewer"), { jobId });
});

it("lets every operator comment on any job", async () => {
  await commentOnJob(as("olga", "operator"), { jobId: await makeJob(), comment: "Why?" });
});

it("tells before and after a change of many jobs which are others', and whose", async () => {
  const [others, mine] = [await makeJob(), await makeJob({ createdById: ids.get("olga") ?? "" })];
  const olga = as("olga", "operator");
  expect(await foreseeChanges(olga, { jobIds: [others, mine], action: "cancel" })).toMatchObject({
    able: [mine],
    unable: [{ jobId: others, reason: "ada created it: ask them, a reviewer or an administrator" }],
  });
  expect(await changeJobs(olga, { jobIds: [others, mine], change: { action: "cancel" } })).toMatchObject({
    changed: [mine],
    unchanged: [{ jobId: others, reason: expect.stringContaining("ada (ada@example.com) created this job") }],
  });
});
