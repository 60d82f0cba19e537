import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../bin/testing/test-database.ts";
import { createDb } from "../db/client.ts";
import type { Context } from "./context.ts";
import { measureRates } from "./measure-rates.ts";

const accountId = "123456789012";
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: Context;
const ids: Record<"one" | "other", { connection: string; role: string }> = { one: { connection: "", role: "" }, other: { connection: "", role: "" } };

beforeAll(async () => {
  database = await createTestDatabase();
  const db = createDb(database.url);
  ctx = { db, accountId, now: () => new Date(), caller: { userId: "u", name: "ada@example.com", role: "viewer" } } as unknown as Context;
  for (const name of ["one", "other"] as const) {
    const keys = { accessKeyId: "K", secretEncrypted: "s" };
    const made = await db.connection.create({
      data: {
        name,
        endpoint: "http://127.0.0.1:9",
        region: "r",
        workBucket: "w",
        ...keys,
        maxRequestsPerSecond: name === "one" ? 700 : null,
        roles: { create: { arn: `arn:aws:iam::${accountId}:role/${name}`, ...keys } },
      },
      include: { roles: true },
    });
    ids[name] = { connection: made.id, role: made.roles[0]?.id ?? "" };
  }
});
afterAll(async () => {
  await ctx.db.$disconnect();
  await database.drop();
});

interface Ended {
  on?: keyof typeof ids;
  operation?: string;
  dryRun?: boolean;
  tasks?: number;
  failed?: number;
  seconds?: number;
  endedAt?: Date | null;
  account?: string;
}

const add = ({
  on = "one",
  operation = "S3PutObjectTagging",
  dryRun = false,
  tasks = 10_000,
  failed = 0,
  seconds = 100,
  endedAt = new Date(),
  account = accountId,
}: Ended) =>
  ctx.db.job.create({
    data: {
      accountId: account,
      operation,
      dryRun,
      status: endedAt === null ? "Active" : "Complete",
      definition: {},
      definitionDigest: "d",
      priority: 1,
      confirmationRequired: true,
      clientRequestToken: randomUUID(),
      roleId: ids[on].role,
      succeededTasks: BigInt(tasks - failed),
      failedTasks: BigInt(failed),
      activeSeconds: seconds,
      terminatedAt: endedAt,
    },
  });
const measured = (query = { operation: "S3PutObjectTagging" } as Parameters<typeof measureRates>[2]) => measureRates(ctx, ids.one.connection, query);

test("counts ended jobs of the operation on the connection, large enough to tell, and no others", async () => {
  expect(await measured()).toEqual({ jobs: 0, slow: 0, fast: 0, maxRequestsPerSecond: 700 });
  await add({ on: "other" });
  await add({ operation: "S3DeleteObjectTagging" });
  await add({ dryRun: true, seconds: 50 });
  await add({ tasks: 999 });
  await add({ seconds: 0 });
  await add({ endedAt: null });
  await add({ account: "999999999999" });
  expect(await measured()).toMatchObject({ jobs: 0 });
  await add({ failed: 4_000 });
  await add({ seconds: 40 });
  expect(await measured()).toEqual({ jobs: 2, slow: 100, fast: 250, maxRequestsPerSecond: 700 });
  expect(await measured({ operation: "S3PutObjectTagging", dryRun: "true" })).toMatchObject({ jobs: 1, fast: 200 });
});

test("takes the newest twenty", async () => {
  const operation = "S3ReplicateObject";
  for (let index = 0; index < 22; index += 1) await add({ operation, seconds: index < 2 ? 1 : 100, endedAt: new Date(Date.UTC(2026, 0, 1 + index)) });
  expect(await measured({ operation })).toMatchObject({ jobs: 20, slow: 100, fast: 100 });
});

test("knows its connections and operations", async () => {
  await expect(measureRates(ctx, randomUUID(), { operation: "S3ReplicateObject" })).rejects.toMatchObject({ code: "NotFound" });
  await expect(measureRates(ctx, "x", { operation: "S3ReplicateObject" })).rejects.toMatchObject({ code: "NotFound" });
  await expect(measured({ operation: "Explode" })).rejects.toThrow(/no operation/);
});
