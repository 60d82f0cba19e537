import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { createTestDatabase } from "../../../bin/testing/test-database.ts";
import { createBoss } from "../../db/boss.ts";
import { createDb } from "../../db/client.ts";
import type { PersonRole } from "../../db/generated/enums.ts";
import { confirmJob } from "../../jobs/confirm-job.ts";
import type { Context } from "../../jobs/context.ts";
import { accountId, storeJob, storeRole } from "../../jobs/testing/store-job.ts";
import { updateConfirmationPolicy } from "../confirmation-policy.ts";
import { type ConfirmationRules, noRules } from "../rules.ts";

const arn = `arn:aws:iam::${accountId}:role/r`;
const now = new Date("2026-11-28T12:00:00Z");
const tags = { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } };
const forever = {
  S3PutObjectCopy: { TargetResource: "arn:aws:s3:::target", ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: "2040-01-01T00:00:00Z" },
};
const operations = {
  tags: { Operation: tags },
  forever: { Operation: forever },
  "dry run of forever": { Operation: forever, DryRun: true },
} as const;
export type Asked = keyof typeof operations;

/** The parts of a policy: not by the creator; two where nothing can be undone; two for more than four objects. */
export const a = { notByCreator: true };
export const b = { twoForIrreversible: true };
export const c = { twoForObjectsOver: 4 };

/** A database with an operator, two reviewers and an admin, for jobs that are confirmed as the policy has it. */
export async function startPolicyWorld() {
  process.env.LONGSHORE_SECRET = "a secret for the tests, of 32 characters or more";
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  const database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  const db = createDb(database.url);
  const boss = createBoss(database.url);
  await boss.start();
  const roleId = await storeRole(db, arn);
  const ids: Record<string, string> = {};
  for (const [name, role] of [
    ["olga", "operator"],
    ["rita", "reviewer"],
    ["rob", "reviewer"],
    ["adam", "admin"],
  ] as const) {
    ids[name] = randomUUID();
    await db.user.create({ data: { id: ids[name], name, email: `${name}@example.com`, role } });
  }

  const as = (name: string, role: PersonRole): Context => ({
    db,
    boss,
    accountId,
    now: () => now,
    caller: { userId: ids[name] ?? null, name: `${name}@example.com`, role },
  });
  const [olga, rita, rob, adam] = [() => as("olga", "operator"), () => as("rita", "reviewer"), () => as("rob", "reviewer"), () => as("adam", "admin")];
  const demand = (rules: Partial<ConfirmationRules>) => updateConfirmationPolicy(adam(), { ...noRules, ...rules });

  /** Prepared and checked; of five objects. */
  async function makeJob(operation: Asked, creator: string, errors: string[] = []): Promise<string> {
    const Manifest = {
      Spec: { Format: "S3BatchOperations_CSV_20180820", Fields: ["Bucket", "Key"] },
      Location: { ObjectArn: "arn:aws:s3:::manifests/list.csv", ETag: "60e460c9d1046e73f7dde5043ac3ae85" },
    };
    const { Operation, ...dry } = operations[operation] as { Operation: object; DryRun?: true };
    return storeJob(db, roleId, {
      operation: Object.keys(Operation)[0] ?? "",
      dryRun: dry.DryRun ?? false,
      definition: { Operation, Manifest, Report: { Enabled: false }, RoleArn: arn, ...dry },
      definitionDigest: "digest",
      confirmationRequired: true,
      status: "Suspended",
      suspendedAt: now,
      preparedAt: now,
      totalTasks: 5,
      createdById: ids[creator] ?? null,
      preflight: { checkedAt: "then", findings: errors.map((message) => ({ check: "rights", state: "error", message })), bytes: null, samples: [] },
    });
  }

  const confirm = (ctx: Context, jobId: string, more: { canaryTasks?: number } = {}) =>
    confirmJob(ctx, { jobId, definitionDigest: "digest", numberOfObjects: 5, acknowledgedPreflight: "then", ...more });
  const statusOf = async (jobId: string) => (await db.job.findUniqueOrThrow({ where: { id: jobId } })).status;
  const eventsOf = async (jobId: string) =>
    (await db.jobEvent.findMany({ where: { jobId }, orderBy: { id: "asc" } })).map(({ type, detail }) => [type, detail]);

  /** "runs", "waits" for another one, or the code of the refusal. */
  async function outcome(ctx: Context, jobId: string): Promise<string> {
    try {
      const { given, needed } = await confirm(ctx, jobId);
      expect(await statusOf(jobId)).toBe(given < needed ? "Suspended" : "Ready");
      return given < needed ? "waits" : "runs";
    } catch (error) {
      return (error as { code: string }).code;
    }
  }

  return {
    db,
    /** By name. */
    ids,
    now,
    as,
    olga,
    rita,
    rob,
    adam,
    demand,
    makeJob,
    confirm,
    statusOf,
    eventsOf,
    outcome,
    stop: async () => {
      await boss.stop({ graceful: false });
      await db.$disconnect();
      await database.drop();
    },
  };
}
