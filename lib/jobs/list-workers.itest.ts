import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "./context.ts";
import { listWorkers } from "./list-workers.ts";
import { reportAlive } from "./workers.ts";

const accountId = "123456789012";
let database: TestDatabase;
let db: Db;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  // Reading needs no queue. The clock of the process is far off on purpose: the database's counts.
  const caller = { userId: null, name: "viewer@example.com", role: "viewer" } as const;
  ctx = { db, boss: createBoss(database.url), accountId, now: () => new Date(0), caller };
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const makeJob = async (account: string, name: string): Promise<string> => {
  const connection = { name, endpoint: "http://127.0.0.1:1", region: "r", accessKeyId: "k", secretEncrypted: "s", workBucket: "w" };
  const role = { arn: `arn:aws:iam::${account}:role/${name}`, accessKeyId: "k", secretEncrypted: "s", connection: { create: connection } };
  const job = await db.job.create({
    data: {
      accountId: account,
      status: "Active",
      operation: "S3PutObjectTagging",
      description: name,
      definition: {},
      definitionDigest: "x",
      priority: 1,
      confirmationRequired: false,
      clientRequestToken: randomUUID(),
      role: { create: role },
    },
  });
  return job.id;
};

const chunk = (jobId: string, index: number, executorId: string | null, status: "Running" | "Done") => ({
  id: randomUUID(),
  jobId,
  index,
  status,
  firstRow: index * 1_000 + 1,
  rows: 1_000,
  byteStart: 0,
  byteEnd: 1,
  executorId,
  liveSucceeded: 240,
  liveFailed: 10,
});

test("nobody works at first", async () => expect(await listWorkers(ctx)).toEqual([]));

test("each worker is shown with what its executors run, and a silent one as such", async () => {
  const [one, two, silent] = [randomUUID(), randomUUID(), randomUUID()];
  for (const [id, hostname] of [
    [two, "b.example"],
    [one, "a.example"],
    [silent, "c.example"],
  ] as const)
    await reportAlive(db, { id, hostname, pid: 7, executors: 2, draining: id === two, tasksPerSecond: id === two ? 1234.5 : 0 });
  // The others are seen in five minutes, so that they are not silent by then.
  await db.$executeRaw`UPDATE "Worker" SET "lastSeenAt" = "lastSeenAt" + CASE id WHEN ${silent} THEN interval '-9 seconds' ELSE interval '5 minutes' END`;
  const [jobId, elsewhere] = [await makeJob(accountId, "ours"), await makeJob("999999999999", "theirs")];
  await db.chunk.createMany({
    data: [
      chunk(jobId, 0, `${one}/1/`, "Running"),
      chunk(jobId, 1, `${one}/2/`, "Running"),
      chunk(jobId, 2, `${two}/1/`, "Running"),
      chunk(jobId, 3, `${one}/1/`, "Done"),
      chunk(jobId, 4, `${randomUUID()}/1/`, "Running"),
      chunk(elsewhere, 0, `${two}/2/`, "Running"),
    ],
  });
  const workers = await listWorkers(ctx);
  const running = (firstRow: number) => ({ jobId, description: "ours", operationTitle: "Replace all object tags", firstRow, rows: 1_000, done: 250 });
  expect(workers).toMatchObject([
    { id: one, hostname: "a.example", pid: 7, executors: 2, silent: false, draining: false, chunks: [running(1), running(1_001)] },
    { id: two, hostname: "b.example", silent: false, draining: true, tasksPerSecond: 1234.5, chunks: [running(2_001)] },
    { id: silent, hostname: "c.example", silent: true, chunks: [] },
  ]);
  expect(Math.abs(Date.parse(workers[0]?.lastSeenAt ?? "") - Date.now())).toBeLessThan(600_000);
});
