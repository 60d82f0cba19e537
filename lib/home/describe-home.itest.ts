import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import type { PersonRole } from "../auth/permissions.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Job } from "../db/generated/client.ts";
import type { Context } from "../jobs/context.ts";
import { countAwaiting } from "./awaiting-jobs.ts";
import { describeHome } from "./describe-home.ts";

const accountId = "123456789012";
const now = new Date("2026-11-28T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3600 * 1000);

let database: TestDatabase;
let db: Db;
let roleId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  for (const id of ["ada", "bob"]) await db.user.create({ data: { id, name: id, email: `${id}@example.com` } });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await db.job.deleteMany();
  await db.executionRole.deleteMany();
  await db.connection.deleteMany();
  const keys = { accessKeyId: "a", secretEncrypted: "s" };
  const connection = await db.connection.create({ data: { name: "C", endpoint: "http://127.0.0.1:1", region: "r", workBucket: "w", ...keys } });
  roleId = (await db.executionRole.create({ data: { arn: `arn:aws:iam::${accountId}:role/r`, connectionId: connection.id, ...keys } })).id;
});

const as = (userId: string, role: PersonRole): Context => ({ db, boss: null as never, caller: { userId, name: userId, role }, accountId, now: () => now });

const definition = {
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "a", Value: "b" }] } },
  Manifest: { Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] }, Location: { ObjectArn: "arn:aws:s3:::bucket/m.csv", ETag: "e" } },
  Report: { Enabled: false },
  RoleArn: `arn:aws:iam::${accountId}:role/r`,
};

const addJob = (data: Partial<Omit<Job, "definition">>) =>
  db.job.create({
    data: {
      accountId,
      roleId,
      operation: "S3PutObjectTagging",
      definition,
      definitionDigest: "d",
      priority: 1,
      confirmationRequired: true,
      clientRequestToken: randomUUID(),
      createdById: "ada",
      preparedAt: daysAgo(1),
      ...(data as object),
    },
  });
const names = (jobs: readonly { description: string }[]) => jobs.map((job) => job.description);

test("whoever may confirm sees all that wait, the first to expire first; others their own", async () => {
  await addJob({ description: "later", status: "Suspended", suspendedAt: daysAgo(1), totalTasks: 7n });
  await addJob({ description: "sooner", status: "Suspended", suspendedAt: daysAgo(29), createdById: "bob" });
  await addJob({ description: "of another account", status: "Suspended", suspendedAt: daysAgo(2), accountId: "999999999999" });
  const reviewer = await describeHome(as("bob", "reviewer"));
  expect(names(reviewer.awaiting.jobs)).toEqual(["sooner", "later"]);
  expect(reviewer).toMatchObject({ mayConfirm: true, awaiting: { total: 2, more: false }, start: null });
  expect(reviewer.awaiting.jobs[1]).toMatchObject({
    totalTasks: 7,
    createdBy: "ada",
    suspendedAt: daysAgo(1).toISOString(),
    expiresAt: daysAgo(-29).toISOString(),
  });
  expect(reviewer.awaiting.jobs[1]?.sentence).toContain("a = b");
  const operator = await describeHome(as("ada", "operator"));
  expect(operator.mayConfirm).toBe(false);
  expect(names(operator.awaiting.jobs)).toEqual(["later"]);
  expect(names((await describeHome(as("bob", "viewer"))).awaiting.jobs)).toEqual(["sooner"]);
  expect(await countAwaiting(as("bob", "reviewer"))).toEqual({ awaiting: 2, sentBack: 0 });
  expect(await countAwaiting(as("ada", "operator"))).toEqual({ awaiting: 0, sentBack: 0 });
});

test("what was sent back waits for nobody's confirmation, and is shown to whose job it is", async () => {
  const marks = { sentBackAt: daysAgo(1), sentBackBy: "bob@example.com", sentBackReason: "Not the archive" };
  await addJob({ description: "mine", status: "Suspended", suspendedAt: daysAgo(2), ...marks });
  await addJob({ description: "asked again", status: "Suspended", suspendedAt: daysAgo(2) });
  await addJob({ description: "cancelled since", status: "Cancelled", terminatedAt: daysAgo(0), ...marks });
  const own = await describeHome(as("ada", "operator"));
  expect(names(own.awaiting.jobs)).toEqual(["asked again"]);
  expect(own.sentBack).toMatchObject({ total: 1, more: false });
  expect(await countAwaiting(as("ada", "operator"))).toEqual({ awaiting: 0, sentBack: 1 });
  expect(own.sentBack.jobs).toMatchObject([{ description: "mine", by: "bob", at: daysAgo(1).toISOString(), reason: "Not the archive" }]);
  const reviewer = await describeHome(as("bob", "reviewer"));
  expect(names(reviewer.awaiting.jobs)).toEqual(["asked again"]);
  expect(reviewer.sentBack.jobs).toEqual([]);
  expect(await countAwaiting(as("bob", "reviewer"))).toEqual({ awaiting: 1, sentBack: 0 });
});

test("what runs is counted live, and a section shows its first rows only", async () => {
  const job = await addJob({ description: "at work", status: "Active", activeSince: daysAgo(0), totalTasks: 100n, succeededTasks: 10n });
  await db.chunk.create({
    data: {
      id: randomUUID(),
      jobId: job.id,
      index: 0,
      status: "Running",
      firstRow: 1n,
      rows: 100,
      byteStart: 0n,
      byteEnd: 1n,
      liveSucceeded: 5,
      liveFailed: 2,
    },
  });
  for (let index = 0; index < 9; index += 1) await addJob({ description: "waits", status: "Ready" });
  const { running } = await describeHome(as("ada", "operator"));
  expect(running).toMatchObject({ total: 10, more: true });
  expect(running.jobs).toHaveLength(6);
  expect(running.jobs[0]).toMatchObject({ description: "at work", succeededTasks: 15, failedTasks: 2, tasksPerSecond: null });
});

test("failures are those of the last 7 days, with the code that leads; what ended well is apart", async () => {
  const some = await addJob({ description: "some failed", status: "Complete", terminatedAt: daysAgo(2), totalTasks: 9n, failedTasks: 3n, succeededTasks: 6n });
  for (const [code, count] of [
    ["NoSuchKey", 1n],
    ["AccessDenied", 2n],
  ] as const)
    await db.jobError.create({ data: { jobId: some.id, code, httpStatus: 400, count, samples: [] } });
  await addJob({
    description: "failed",
    status: "Failed",
    terminatedAt: daysAgo(1),
    failureReasons: [{ FailureCode: "X", FailureReason: "The manifest has changed" }],
  });
  await addJob({ description: "long ago", status: "Failed", terminatedAt: daysAgo(8) });
  await addJob({ description: "well", status: "Complete", terminatedAt: daysAgo(3), totalTasks: 1n, succeededTasks: 1n });
  await addJob({ description: "given up", status: "Cancelled", terminatedAt: daysAgo(4) });
  const { troubled, finished } = await describeHome(as("ada", "viewer"));
  expect(names(troubled.jobs)).toEqual(["failed", "some failed"]);
  expect(troubled.jobs[0]).toMatchObject({ failure: "The manifest has changed", leadingError: null });
  expect(troubled.jobs[1]).toMatchObject({ failure: null, leadingError: { code: "AccessDenied", count: 2 } });
  expect(names(finished.jobs)).toEqual(["well", "given up"]);
});

test("without a job it says how far one is; without a worker and with a store that was found wanting, that", async () => {
  const connection = await db.connection.findFirstOrThrow();
  const asked = { runId: randomUUID(), askedAt: now, askedBy: "x", endedAt: now, resultsAt: now };
  const results = [{ capability: "PutObjectTagging", verdict: "damages", reason: "It overwrote the object" }];
  await db.probe.create({ data: { connectionId: connection.id, ...asked, results } });
  const home = await describeHome(as("ada", "admin"));
  expect(home.start).toEqual({ connections: 1, roles: 1, sample: false });
  expect(home.health).toEqual({ workersAlive: 0, connections: [{ id: connection.id, name: "C", problem: "does one thing wrongly" }] });
  await db.executionRole.update({ where: { id: roleId }, data: { arn: `arn:aws:iam::${accountId}:role/longshore-sandbox` } });
  expect((await describeHome(as("ada", "admin"))).start?.sample).toBe(true);
  await addJob({ description: "the first" });
  expect((await describeHome(as("ada", "admin"))).start).toBeNull();
});
