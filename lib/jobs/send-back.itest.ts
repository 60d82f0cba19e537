import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Prisma } from "../db/generated/client.ts";
import type { JobStatus, PersonRole } from "../db/generated/enums.ts";
import { askAgain } from "./ask-again.ts";
import { commentOnJob } from "./comment-on-job.ts";
import { confirmJob } from "./confirm-job.ts";
import type { Context } from "./context.ts";
import { commentSchema } from "./conversation.ts";
import { maxCommentLength, maxComments } from "./conversation-limits.ts";
import { sendBackJob } from "./send-back-job.ts";
import { accountId, storeJob, storeRole } from "./testing/store-job.ts";

const now = new Date("2026-11-28T12:00:00Z");
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

const makeJob = (data: Partial<Prisma.JobUncheckedCreateInput> = {}) =>
  storeJob(db, roleId, { status: "Suspended", suspendedAt: new Date("2026-11-20T12:00:00Z"), confirmationRequired: true, ...data });
const read = (jobId: string) => db.job.findUniqueOrThrow({ where: { id: jobId } });
const timeline = async (jobId: string) =>
  (await db.jobEvent.findMany({ where: { jobId }, orderBy: { id: "asc" } })).map(({ type, actor, detail }) => [type, actor, detail]);
const others: JobStatus[] = [
  "New",
  "Preparing",
  "Ready",
  "Active",
  "Pausing",
  "Paused",
  "Completing",
  "Complete",
  "Cancelling",
  "Cancelled",
  "Failing",
  "Failed",
];
const forbidden = { code: "Forbidden" };

describe("sending back", () => {
  test("leaves the job suspended and its days running, and says who wants what", async () => {
    const jobId = await makeJob();
    await sendBackJob(as("reviewer", "rita@example.com"), { jobId, reason: "Not the archive,\nplease" });
    expect(await read(jobId)).toMatchObject({
      status: "Suspended",
      suspendedAt: new Date("2026-11-20T12:00:00Z"),
      sentBackAt: now,
      sentBackBy: "rita@example.com",
      sentBackReason: "Not the archive,\nplease",
    });
    expect(await timeline(jobId)).toEqual([["send-back", "rita@example.com", "Not the archive,\nplease"]]);
  });

  test("lets nobody confirm the job until somebody has asked again, in the console and over the wire", async () => {
    const jobId = await makeJob();
    await sendBackJob(as("reviewer", "rita@example.com"), { jobId, reason: "Not the archive" });
    for (const definitionDigest of ["x", null]) {
      await expect(confirmJob(as("admin"), { jobId, definitionDigest })).rejects.toMatchObject({
        code: "Conflict",
        message: expect.stringMatching(/^rita@example.com has sent this job back: “Not the archive”/),
      });
    }
    await askAgain(as("operator", "ada@example.com"), { jobId, comment: "It is not the archive" });
    expect(await read(jobId)).toMatchObject({ status: "Suspended", sentBackAt: null, sentBackBy: null, sentBackReason: null });
    // What stops it now is another thing.
    await expect(confirmJob(as("admin"), { jobId, definitionDigest: "y" })).rejects.toMatchObject({
      message: expect.stringContaining("Read the review again"),
    });
    expect((await timeline(jobId)).map(([type]) => type)).toEqual(["send-back", "ask-again"]);
    const [none, marks] = [
      { sentBackAt: null, sentBackBy: null, sentBackReason: null },
      { sentBackAt: now.toISOString(), sentBackBy: "rita@example.com", sentBackReason: "Not the archive" },
    ];
    expect(await db.auditEntry.findMany({ where: { targetId: jobId }, orderBy: { id: "asc" }, select: { action: true, before: true, after: true } })).toEqual([
      { action: "job.send-back", before: none, after: marks },
      { action: "job.ask-again", before: marks, after: none },
    ]);
  });

  test("by two at once is done by one, and the other is told by whom", async () => {
    const jobId = await makeJob();
    const both = await Promise.allSettled(["rita", "rob"].map((name) => sendBackJob(as("reviewer", name), { jobId, reason: name })));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "Conflict", message: expect.stringMatching(/^(rita|rob) has sent this job back already/) });
    expect(await timeline(jobId)).toHaveLength(1);
  });

  test("asking again twice at once is done once", async () => {
    const jobId = await makeJob({ sentBackAt: now, sentBackBy: "rita", sentBackReason: "No" });
    const both = await Promise.allSettled(["ada", "bo"].map((name) => askAgain(as("operator", name), { jobId, comment: "Please" })));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
    expect(await timeline(jobId)).toHaveLength(1);
  });

  test.each(others)("is not for a job that is %s, nor is asking again", async (status) => {
    const jobId = await makeJob({ status, sentBackAt: now, sentBackBy: "rita", sentBackReason: "No" });
    await expect(sendBackJob(as("reviewer"), { jobId, reason: "No" })).rejects.toMatchObject({ code: "JobStatus" });
    await expect(askAgain(as("operator"), { jobId, comment: "Please" })).rejects.toMatchObject({ code: "JobStatus" });
    expect(await timeline(jobId)).toEqual([]);
  });

  test("is for reviewers, asking again for operators, and neither for another account's job", async () => {
    const jobId = await makeJob();
    const other = await makeJob({ accountId: "999999999999" });
    for (const role of ["viewer", "operator"] as const) await expect(sendBackJob(as(role), { jobId, reason: "No" })).rejects.toMatchObject(forbidden);
    await expect(sendBackJob(as("admin"), { jobId: other, reason: "No" })).rejects.toMatchObject({ code: "NotFound" });
    await sendBackJob(as("reviewer"), { jobId, reason: "No" });
    await expect(askAgain(as("viewer"), { jobId, comment: "Please" })).rejects.toMatchObject(forbidden);
    await expect(askAgain(as("admin"), { jobId: other, comment: "Please" })).rejects.toMatchObject({ code: "NotFound" });
  });
});

describe("comments", () => {
  test.each<JobStatus>(["Suspended", ...others])("are taken while the job is %s, from an operator and more", async (status) => {
    const jobId = await makeJob({ status });
    await expect(commentOnJob(as("viewer"), { jobId, comment: "Hello" })).rejects.toMatchObject(forbidden);
    for (const role of ["operator", "reviewer", "admin"] as const) await commentOnJob(as(role), { jobId, comment: `I am ${role}` });
    expect(await timeline(jobId)).toEqual(["operator", "reviewer", "admin"].map((role) => ["comment", `${role}@example.com`, `I am ${role}`]));
    expect(await read(jobId)).toMatchObject({ status });
  });

  test("are as many as a page can show, and two at once are not both the last", async () => {
    const jobId = await makeJob();
    await db.jobEvent.createMany({ data: Array.from({ length: maxComments - 1 }, () => ({ jobId, actor: "ada", type: "comment", detail: "More" })) });
    const both = await Promise.allSettled(["ada", "bo"].map((name) => commentOnJob(as("operator", name), { jobId, comment: "The last one" })));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await timeline(jobId)).toHaveLength(maxComments);
  });

  test("are not for another account's job", async () => {
    const jobId = await makeJob({ accountId: "999999999999" });
    await expect(commentOnJob(as("admin"), { jobId, comment: "Hello" })).rejects.toMatchObject({ code: "NotFound" });
    await expect(commentOnJob(as("admin"), { jobId: "no-uuid", comment: "Hello" })).rejects.toMatchObject({ code: "NotFound" });
  });

  test.each<[string, boolean]>([
    ["Hello", true],
    ["x".repeat(maxCommentLength), true],
    ["x".repeat(maxCommentLength + 1), false],
    ["  \n ", false],
    ["half a character \ud800", false],
    ["a nul \0", false],
  ])("%j is one: %s", (text, taken) => expect(commentSchema.safeParse(text).success).toBe(taken));
});
