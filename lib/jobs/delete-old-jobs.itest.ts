import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../../bin/testing/test-database.ts";
import { createDb, type Db } from "../db/client.ts";
import type { JobStatus } from "../db/generated/enums.ts";
import { deleteOldJobs } from "./delete-old-jobs.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let db: Db;
let roleId: string;
const now = new Date("2026-11-28T12:00:00Z");
const ctx = () => ({ db, now: () => now });
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  const connection = { name: "store", endpoint: "http://127.0.0.1:1", region: "us-east-1", accessKeyId: "a", secretEncrypted: "s", workBucket: "work" };
  const role = { arn: "arn:aws:iam::123456789012:role/tests", accessKeyId: "a", secretEncrypted: "s" };
  ({ id: roleId } = await db.executionRole.create({ data: { ...role, connection: { create: connection } } }));
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

async function job(status: JobStatus, terminatedAt: Date | null): Promise<string> {
  const { id } = await db.job.create({
    data: {
      accountId: "123456789012",
      status,
      operation: "S3PutObjectTagging",
      definition: {},
      definitionDigest: "d",
      priority: 1,
      confirmationRequired: true,
      clientRequestToken: randomUUID(),
      roleId,
      createdAt: daysAgo(400),
      terminatedAt,
      chunks: { create: { id: randomUUID(), index: 0, firstRow: 1, rows: 1, byteStart: 0, byteEnd: 1 } },
      events: { create: { actor: "Longshore", type: "finish" } },
      errors: { create: { code: "AccessDenied", httpStatus: 403, count: 1, samples: [] } },
    },
  });
  return id;
}

it("forgets what ended long ago, with all that hangs on it, and nothing else", async () => {
  const [complete, failed, cancelled] = [await job("Complete", daysAgo(91)), await job("Failed", daysAgo(200)), await job("Cancelled", daysAgo(90.5))];
  const kept = [await job("Complete", daysAgo(89.9)), await job("Suspended", null), await job("Active", null)];
  expect(await deleteOldJobs(ctx(), 0)).toEqual([]);
  expect(await deleteOldJobs(ctx(), 90)).toEqual([failed, complete, cancelled]);
  expect(await deleteOldJobs(ctx(), 90)).toEqual([]);
  expect((await db.job.findMany({ select: { id: true } })).map(({ id }) => id).sort()).toEqual(kept.sort());
  for (const rows of [await db.chunk.count(), await db.jobEvent.count(), await db.jobError.count()]) expect(rows).toBe(kept.length);
});

it("takes a bounded number at once", async () => {
  for (let made = 0; made < 51; made += 1) await job("Complete", daysAgo(300));
  expect(await deleteOldJobs(ctx(), 90)).toHaveLength(50);
  expect(await deleteOldJobs(ctx(), 90)).toHaveLength(1);
});
