import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../bin/testing/test-database.ts";
import { createBoss } from "../db/boss.ts";
import { createDb, type Db } from "../db/client.ts";
import type { Context } from "./context.ts";
import { finestSeconds, maxSamples } from "./job-samples.ts";
import { listJobSamples } from "./list-job-samples.ts";
import { recordSamples, type TakenSample } from "./record-samples.ts";

const accountId = "123456789012";
const start = Date.UTC(2026, 10, 28, 12);
let database: TestDatabase;
let db: Db;
let ctx: Context;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDb(database.url);
  ctx = { db, boss: createBoss(database.url), accountId, now: () => new Date(), caller: { userId: null, name: "viewer", role: "viewer" } };
});

afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const makeJob = async (): Promise<string> => {
  const name = randomUUID();
  const connection = { name, endpoint: "http://127.0.0.1:1", region: "r", accessKeyId: "k", secretEncrypted: "s", workBucket: "w" };
  const job = await db.job.create({
    data: {
      accountId,
      operation: "S3PutObjectTagging",
      definition: {},
      definitionDigest: "x",
      priority: 1,
      confirmationRequired: false,
      clientRequestToken: name,
      role: { create: { arn: name, accessKeyId: "k", secretEncrypted: "s", connection: { create: connection } } },
    },
  });
  return job.id;
};

/** @param second of the job's life */
const sample = (jobId: string, second: number, counts: Partial<TakenSample> = {}): TakenSample => {
  const at = start + second * 1_000;
  return { jobId, at, seconds: finestSeconds, firstAt: at + 100, lastAt: at + 4_900, succeeded: 10, failed: 1, throttled: 2, inFlightMs: 40_000, ...counts };
};
const totalOf = async (jobId: string): Promise<number> => (await listJobSamples(ctx, jobId)).samples.reduce((total, { succeeded }) => total + succeeded, 0);

test("what several executors tell of one stretch adds up", async () => {
  const jobId = await makeJob();
  await Promise.all([1, 2, 3].map((failed) => recordSamples(db, [sample(jobId, 0, { failed }), sample(jobId, 5, { lastAt: start + 7_500 })])));
  await recordSamples(db, [sample(jobId, 0, { firstAt: start })]);
  expect(await listJobSamples(ctx, jobId)).toEqual({
    seconds: 5,
    samples: [
      {
        at: "2026-11-28T12:00:00.000Z",
        from: "2026-11-28T12:00:00.000Z",
        to: "2026-11-28T12:00:04.900Z",
        succeeded: 40,
        failed: 7,
        throttled: 8,
        inFlightSeconds: 160,
      },
      expect.objectContaining({ at: "2026-11-28T12:00:05.000Z", to: "2026-11-28T12:00:07.500Z", succeeded: 30 }),
    ],
  });
});

test("a long job keeps few samples, and loses nothing of what they count, whoever adds meanwhile", async () => {
  const jobId = await makeJob();
  let told = 0;
  for (let second = 0; second < 5 * 3_600; second += 120 * finestSeconds) {
    const samples = Array.from({ length: 120 }, (_, at) => sample(jobId, second + at * finestSeconds));
    await Promise.all([recordSamples(db, samples), recordSamples(db, samples.slice(0, 60)), recordSamples(db, samples.slice(60))]);
    told += 20 * samples.length;
  }
  const { seconds, samples } = await listJobSamples(ctx, jobId);
  expect(await totalOf(jobId)).toBe(told);
  expect(samples.length).toBeLessThanOrEqual(maxSamples);
  expect(seconds).toBeGreaterThanOrEqual(40);
  // As far as one flush of all executors goes above it.
  expect(await db.jobSample.count({ where: { jobId } })).toBeLessThan(maxSamples + 3 * 120);
});

test("samples go with their job, and what is told of a job that is gone is nothing", async () => {
  const [gone, kept] = [await makeJob(), await makeJob()];
  await recordSamples(db, [sample(gone, 0), sample(kept, 0)]);
  await db.job.delete({ where: { id: gone } });
  await recordSamples(db, [sample(gone, 5), sample(kept, 5)]);
  expect(await db.jobSample.count({ where: { jobId: gone } })).toBe(0);
  expect(await totalOf(kept)).toBe(20);
});

test("only a job of the account has samples to see", async () => {
  const jobId = await makeJob();
  await expect(listJobSamples({ ...ctx, accountId: "210987654321" }, jobId)).rejects.toMatchObject({ code: "NotFound" });
  await expect(listJobSamples(ctx, "x")).rejects.toMatchObject({ code: "NotFound" });
  expect(await listJobSamples(ctx, jobId)).toEqual({ seconds: 5, samples: [] });
});
