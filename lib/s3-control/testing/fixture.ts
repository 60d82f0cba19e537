import { randomUUID } from "node:crypto";
import { createTestDatabase } from "../../../bin/testing/test-database.ts";
import { createAccessKey } from "../../auth/access-keys/create-access-key.ts";
import { seal } from "../../auth/secret-box.ts";
import { createBoss } from "../../db/boss.ts";
import { createDb } from "../../db/client.ts";
import type { PersonRole } from "../../db/generated/enums.ts";
import { RequestBudget } from "../../http/request-budget.ts";
import type { Context } from "../../jobs/context.ts";
import { createStepQueues } from "../../jobs/queues.ts";
import type { PreflightFinding } from "../../preflight/preflight.ts";
import { serve } from "./serve.ts";

export const accountId = "123456789012";
export const roleArn = `arn:aws:iam::${accountId}:role/tests`;

export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
}

/** A database with an execution role, a person of each role with an access key, and the API on a free port. No worker: jobs stay New. */
export async function startApi() {
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  const database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  const db = createDb(database.url);
  const boss = createBoss(database.url);
  boss.on("error", () => undefined);
  await boss.start();
  await createStepQueues(boss);
  const secretEncrypted = seal("secret", process.env.LONGSHORE_SECRET);
  await db.connection.create({
    data: {
      name: "none",
      endpoint: "http://127.0.0.1:9",
      region: "eu-west-1",
      accessKeyId: "KEY",
      secretEncrypted,
      workBucket: "work",
      roles: { create: { arn: roleArn, accessKeyId: "KEY", secretEncrypted } },
    },
  });

  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const contextOf = (role: PersonRole): Context => ({ db, boss, accountId, now, caller: { userId: role, name: `${role}@example.com`, role } });
  const newKeys = async (role: PersonRole): Promise<Keys> => {
    const { id: accessKeyId, secretAccessKey } = await createAccessKey(contextOf(role), { name: "tests" });
    return { accessKeyId, secretAccessKey };
  };
  const keysOf = async (role: PersonRole): Promise<Keys> => {
    await db.user.create({ data: { id: role, name: role, email: `${role}@example.com`, role } });
    return newKeys(role);
  };
  const keys = { viewer: await keysOf("viewer"), operator: await keysOf("operator"), reviewer: await keysOf("reviewer"), admin: await keysOf("admin") };
  const budget = new RequestBudget(1000, 1000);
  const server = await serve({ db, boss: async () => boss, accountId, now, budget });

  return {
    db,
    keys,
    budget,
    port: server.port,
    contextOf,
    newKeys,
    /** Moves the API's clock, which the job's own is. */
    advance: (ms: number) => {
      offsetMs += ms;
    },
    /** What a preparation ends with, for a job that waits for confirmation and was checked. */
    suspend: (jobId: string, findings: PreflightFinding[] = []) =>
      db.job.update({
        where: { id: jobId },
        data: {
          status: "Suspended",
          suspendedAt: now(),
          preparedAt: now(),
          totalTasks: 3n,
          preflight: { checkedAt: now().toISOString(), findings: findings as object[], bytes: null, samples: [] },
        },
      }),
    stop: async () => {
      await server.close();
      await boss.stop({ graceful: false });
      await db.$disconnect();
      await database.drop();
    },
  };
}

export type Api = Awaited<ReturnType<typeof startApi>>;

/** A CreateJob that we serve, in the clients' own form. */
export const taggingJob = (more: Record<string, unknown> = {}) => ({
  AccountId: accountId,
  ConfirmationRequired: true,
  Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data +ä" }] } },
  Manifest: {
    Spec: { Format: "S3BatchOperations_CSV_20180820" as const, Fields: ["Bucket" as const, "Key" as const] },
    Location: { ObjectArn: "arn:aws:s3:::manifests/photos.csv", ETag: '"60e460c9d1046e73f7dde5043ac3ae85"' },
  },
  Report: {
    Bucket: "arn:aws:s3:::reports",
    Prefix: "final",
    Format: "Report_CSV_20180820" as const,
    Enabled: true,
    ReportScope: "AllTasks" as const,
  },
  Priority: 42,
  RoleArn: roleArn,
  ClientRequestToken: randomUUID(),
  Description: "photos <2026>",
  Tags: [{ Key: "a", Value: "b" }],
  ...more,
});
