import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { PersonRole } from "../db/generated/enums.ts";
import type { Context } from "../jobs/context.ts";
import { createJob } from "../jobs/create-job.ts";
import type { CreateJobInput } from "../jobs/job-schema.ts";
import { createStepQueues } from "../jobs/queues.ts";
import { repeatJob } from "../jobs/repeat-job.ts";
import { createRole } from "./create-role.ts";
import { listRoles } from "./list-roles.ts";
import { listPassers } from "./pass-role.ts";
import { updateRole } from "./update-role.ts";

const accountId = "123456789012";
let database: TestDatabase;
let db: Db;
let boss: Context["boss"];
let connectionId: string;
const people = { olga: "operator", otto: "operator", rita: "reviewer", vera: "viewer", adam: "admin" } as const satisfies Record<string, PersonRole>;
type Name = keyof typeof people;
const ids = new Map<Name, string>();

beforeAll(async () => {
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  db = createDb(database.url);
  boss = createBoss(database.url);
  await boss.start();
  await createStepQueues(boss);
  const connection = { name: "c", endpoint: "http://127.0.0.1:1", region: "r", accessKeyId: "k", secretEncrypted: "s", workBucket: "w" };
  connectionId = (await db.connection.create({ data: connection })).id;
  for (const [name, role] of Object.entries(people) as [Name, PersonRole][]) {
    const { id } = await db.user.create({ data: { id: randomUUID(), name, email: `${name}@example.com`, role } });
    ids.set(name, id);
  }
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await db.$disconnect();
  await database.drop();
});

const idOf = (name: Name): string => ids.get(name) ?? "";
const as = (name: Name): Context => ({
  db,
  boss,
  accountId,
  now: () => new Date(),
  caller: { userId: idOf(name), name: `${name}@example.com`, role: people[name] },
});
const values = (arn: string) => ({ arn, connectionId, accessKeyId: "KEY", secretAccessKey: "secret" });
const newArn = () => `arn:aws:iam::${accountId}:role/${randomUUID()}`;
const jobWith = (RoleArn: string, more: Partial<CreateJobInput> = {}): CreateJobInput => ({
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
  },
  Report: { Enabled: false },
  Priority: 10,
  RoleArn,
  ClientRequestToken: randomUUID(),
  ...more,
});
const outcome = (made: Promise<unknown>) =>
  made.then(
    () => "made",
    (error: { code: string }) => error.code,
  );

it.each<[string, Name[] | null | undefined, Name, string]>([
  ["by default", undefined, "olga", "made"],
  ["for everyone", null, "olga", "made"],
  ["for everyone", null, "vera", "Forbidden"],
  ["listing olga", ["olga"], "olga", "made"],
  ["listing olga", ["olga"], "otto", "Forbidden"],
  ["listing olga", ["olga"], "rita", "Forbidden"],
  ["listing olga", ["olga"], "adam", "made"],
  ["listing nobody", [], "olga", "Forbidden"],
  ["listing nobody", [], "adam", "made"],
  // The list gives no right that the person's role has not.
  ["listing vera", ["vera"], "vera", "Forbidden"],
])("a role %s (%j) is passed by %s: %s", async (_name, passers, name, expected) => {
  const { arn, mayPass } = await createRole(as("adam"), {
    ...values(newArn()),
    ...(passers !== undefined && { passers: passers === null ? null : passers.map(idOf) }),
  });
  expect(mayPass).toBe(true);
  expect(await outcome(createJob(as(name), jobWith(arn)))).toBe(expected);
  if (name !== "vera") expect((await listRoles(as(name))).find((role) => role.arn === arn)?.mayPass).toBe(expected === "made");
});

it("is refused in AWS's word for it, at the request's member", async () => {
  const { arn } = await createRole(as("adam"), { ...values(newArn()), passers: [] });
  await expect(createJob(as("olga"), jobWith(arn))).rejects.toMatchObject({
    code: "Forbidden",
    message: expect.stringContaining(`olga@example.com is not authorized to perform iam:PassRole on ${arn}`),
    issues: [{ path: "RoleArn" }],
  });
});

it("is asked again for each job that is made of another one, and never of one that is there", async () => {
  const { arn, id } = await createRole(as("adam"), { ...values(newArn()), passers: [idOf("olga"), idOf("otto")] });
  const request = jobWith(arn);
  const { jobId } = await createJob(as("olga"), request);
  await db.job.update({ where: { id: jobId }, data: { status: "Suspended" } });
  await updateRole(as("adam"), id, { ...values(arn), passers: [idOf("otto")] });
  expect(await outcome(repeatJob(as("olga"), { jobId, dryRun: true, ClientRequestToken: "again" }))).toBe("Forbidden");
  expect(await outcome(createJob(as("olga"), jobWith(arn, { Replaces: jobId })))).toBe("Forbidden");
  expect((await db.job.findUniqueOrThrow({ where: { id: jobId } })).status).toBe("Suspended");
  expect(await outcome(repeatJob(as("otto"), { jobId, dryRun: true, ClientRequestToken: "otto's" }))).toBe("made");
  // The same request once more is the same job.
  expect(await createJob(as("olga"), request)).toEqual({ jobId });
});

it("keeps its list while only its keys are changed, and says who is on it", async () => {
  const { arn, id } = await createRole(as("adam"), { ...values(newArn()), passers: [idOf("rita"), idOf("olga"), idOf("olga")] });
  const changed = await updateRole(as("adam"), id, { ...values(arn), accessKeyId: "OTHER" });
  expect(changed.passers?.map(({ name }) => name)).toEqual(["olga", "rita"]);
  expect((await updateRole(as("adam"), id, { ...values(arn), passers: null })).passers).toBeNull();
  expect(await outcome(createJob(as("otto"), jobWith(arn)))).toBe("made");
});

it("is not made for somebody who is not there: nothing of it stays", async () => {
  const arn = newArn();
  await expect(createRole(as("adam"), { ...values(arn), passers: ["nobody"] })).rejects.toMatchObject({
    code: "InvalidRequest",
    issues: [{ path: "passers" }],
  });
  expect(await db.executionRole.count({ where: { arn } })).toBe(0);
});

it("forgets who is deleted, and lets nobody else in for it", async () => {
  const gone = await db.user.create({ data: { id: randomUUID(), name: "gone", email: "gone@example.com", role: "operator" } });
  const { arn } = await createRole(as("adam"), { ...values(newArn()), passers: [gone.id] });
  await db.user.delete({ where: { id: gone.id } });
  expect(await outcome(createJob(as("olga"), jobWith(arn)))).toBe("Forbidden");
});

it("is offered to those whom it can be kept to, by administrators alone", async () => {
  expect((await listPassers(as("adam"))).map(({ name }) => name)).toEqual(["olga", "otto", "rita"]);
  await expect(listPassers(as("rita"))).rejects.toMatchObject({ code: "Forbidden" });
});
