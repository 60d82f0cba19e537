import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { seal } from "#lib/auth/secret-box.ts";
import { createBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import type { PersonRole } from "#lib/db/generated/enums.ts";
import { confirmJob } from "#lib/jobs/confirm-job.ts";
import type { Context } from "#lib/jobs/context.ts";
import { createJob } from "#lib/jobs/create-job.ts";
import { describeJob } from "#lib/jobs/describe-job.ts";
import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { createStepQueues, duplicatesQueue, preflightQueue, prepareQueue, reportQueue } from "#lib/jobs/queues.ts";
import { log } from "#lib/log.ts";
import type { CopySizes } from "#lib/operations/operation.ts";
import { readReport } from "#lib/reports/read-report.ts";
import type { ReportRow } from "#lib/reports/report-row.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { createTestDatabase } from "../../bin/testing/test-database.ts";
import type { AllowStatement } from "../../sandbox/auth/authorize.ts";
import { type SandboxRole, startSandbox } from "../../sandbox/start-sandbox.ts";
import { createChunkRunner } from "../chunk-runner.ts";
import { countDuplicates } from "../count-duplicates.ts";
import type { EngineContext } from "../engine-context.ts";
import { preflight } from "../preflighter.ts";
import { prepare } from "../preparer.ts";
import { report } from "../reporter.ts";
import { runNextStep } from "../step-loop.ts";

export const secret = "a secret for the tests, of 32 characters or more";
export const accountId = "123456789012";
export const roleArn = `arn:aws:iam::${accountId}:role/tests`;
const admin = { name: "connection", accessKeyId: "CONNECTIONKEY", secretAccessKey: "connection-secret" };
const role = {
  name: "role",
  accessKeyId: "ROLEKEY",
  secretAccessKey: "role-secret",
  policy: { denyBuckets: { forbidden: ["s3:*"], "read-only": ["s3:PutObject"] } as Record<string, string[]>, allow: undefined as AllowStatement[] | undefined },
};

/**
 * A database, an S3 server with the buckets data, target, manifests, reports and work, a connection and a role; and an engine
 * that goes step by step.
 * @param server another S3 server than the sandbox; the connection and the role then share its keys
 * @param large what counts as large: objects that the sandbox does not copy by one request, and how they are cut then; and roles that its STS knows
 */
export async function startEngine(
  server?: { endpoint: string; accessKeyId: string; secretAccessKey: string },
  large: { maxSingleBytes?: number; minPartBytes?: number; sizes?: CopySizes; roles?: SandboxRole[] } = {},
) {
  process.env.LONGSHORE_SECRET = secret;
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  const database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  const dir = mkdtempSync(join(tmpdir(), "longshore-engine-"));
  const sandbox = await startSandbox({ dir, users: [admin, role], ...large });
  const db = createDb(database.url);
  const boss = createBoss(database.url);
  boss.on("error", () => undefined);
  await boss.start();
  await createStepQueues(boss);
  const endpoint = server?.endpoint ?? sandbox.url;
  const [connectionKeys, roleKeys] = [server ?? admin, server ?? role];
  const s3 = connectS3({ region: "us-east-1", addressing: "path", ...connectionKeys, endpoint });
  for (const Bucket of ["data", "target", "manifests", "reports", "work", "forbidden", "read-only"]) await s3.send(new CreateBucketCommand({ Bucket }));
  await db.connection.create({
    data: {
      name: "sandbox",
      endpoint,
      region: "us-east-1",
      accessKeyId: connectionKeys.accessKeyId,
      secretEncrypted: seal(connectionKeys.secretAccessKey, secret),
      workBucket: "work",
      roles: { create: { arn: roleArn, accessKeyId: roleKeys.accessKeyId, secretEncrypted: seal(roleKeys.secretAccessKey, secret) } },
    },
  });

  let offsetMs = 0;
  const now = () => new Date(Date.now() + offsetMs);
  const ctx: EngineContext = {
    db,
    boss,
    now,
    ...(large.sizes && { sizes: large.sizes }),
    log: log.child({}, { level: process.env.LONGSHORE_LOG_LEVEL ?? "silent" }),
  };
  const as = (personRole: PersonRole, name: string = personRole): Context => ({ db, boss, accountId, now, caller: { userId: null, name, role: personRole } });

  /** Somebody of their own, as the policy of confirmations and the owners of jobs need them. */
  const person = async (personRole: PersonRole, name: string): Promise<Context> => {
    const { id: userId } = await db.user.create({ data: { id: randomUUID(), name, email: `${name}-${randomUUID()}@example.com`, role: personRole } });
    return { ...as(personRole, name), caller: { userId, name, role: personRole } };
  };

  const put = async (bucket: string, key: string, body: string): Promise<string> =>
    (await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))).ETag ?? "";

  /** Uploads rows as a manifest, and makes a tagging job of it. */
  const create = async (
    rows: string[] | string,
    more: Partial<CreateJobInput> = {},
    Fields: ("Bucket" | "Key" | "VersionId")[] = ["Bucket", "Key"],
  ): Promise<string> => {
    const key = `${randomUUID()}.csv`;
    const etag = await put("manifests", key, typeof rows === "string" ? rows : rows.map((row) => `${row}\n`).join(""));
    const { jobId } = await createJob(as("operator"), {
      Operation: { S3PutObjectTagging: { TagSet: [{ Key: "team", Value: "data" }] } },
      Manifest: {
        Spec: { Format: "S3BatchOperations_CSV_20180820", Fields },
        Location: { ObjectArn: `arn:aws:s3:::manifests/${key}`, ETag: etag },
      },
      Report: { Enabled: true, Bucket: "arn:aws:s3:::reports", Prefix: "reports" },
      Priority: 10,
      RoleArn: roleArn,
      ClientRequestToken: randomUUID(),
      ...more,
    });
    return jobId;
  };

  const details = (jobId: string): Promise<JobDetails> => describeJob(as("viewer"), jobId);
  const prepareNext = () => runNextStep(ctx, prepareQueue, prepare);
  const preflightNext = () => runNextStep(ctx, preflightQueue, preflight);
  /** Has the job checked if it was not, and whatever waits before it. */
  const checkFirst = async (jobId: string) => {
    while ((await details(jobId)).preflight === null && (await preflightNext()));
  };
  const countDuplicatesNext = (capacity?: number) =>
    runNextStep<{ jobId: string }>(ctx, duplicatesQueue, (engine, lease) => countDuplicates(engine, lease, capacity));
  const reportNext = () => runNextStep(ctx, reportQueue, report);
  const runner = createChunkRunner(ctx, "test/1/");

  return {
    db,
    boss,
    s3,
    sandbox,
    ctx,
    as,
    person,
    put,
    /** Takes rights on a bucket from the role, as IAM actions with `*`; none gives all back. */
    deny: (bucket: string, ...actions: string[]) => {
      role.policy.denyBuckets[bucket] = actions;
    },
    /** Gives the role what an IAM policy in JSON allows, and nothing else; null gives all back. */
    allowOnly: (policy: string | null) => {
      const { Statement = [] } = JSON.parse(policy ?? "{}") as { Statement?: { Action: string[]; Resource: string }[] };
      role.policy.allow = policy === null ? undefined : Statement.map(({ Action, Resource }) => ({ action: Action, resource: Resource }));
    },
    create,
    details,
    prepareNext,
    preflightNext,
    checkFirst,
    reportNext,
    countDuplicatesNext,
    runner,
    executeNext: runner.runNext,
    databaseUrl: database.url,
    /** Moves the engine's clock. */
    advance: (ms: number) => {
      offsetMs += ms;
    },
    /** Has the job checked if it was not, and confirms it in spite of what was found. */
    confirm: async (jobId: string, more: { canaryTasks?: number } = {}) => {
      await checkFirst(jobId);
      const { definitionDigest, totalTasks, irreversible, preflight } = await details(jobId);
      await confirmJob(as("reviewer"), {
        jobId,
        definitionDigest,
        acknowledgedPreflight: preflight?.checkedAt,
        ...(irreversible !== null && { numberOfObjects: totalTasks }),
        ...more,
      });
    },
    /** Prepares, confirms, executes and reports, in this process. */
    async run(jobId: string): Promise<JobDetails> {
      await prepareNext();
      if ((await details(jobId)).status === "Suspended") await this.confirm(jobId);
      while (await runner.runNext());
      await reportNext();
      return details(jobId);
    },
    /** The whole report, in the order of its files. */
    async rows(jobId: string): Promise<ReportRow[]> {
      const rows: ReportRow[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await readReport(as("viewer"), { jobId, cursor, limit: 500 });
        rows.push(...page.rows);
        if (page.nextCursor === null) return rows;
        cursor = page.nextCursor;
      }
    },
    keys: async (bucket: string, prefix = ""): Promise<string[]> =>
      ((await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }))).Contents ?? []).map((object) => object.Key ?? ""),
    text: async (bucket: string, key: string): Promise<string> =>
      (await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString()) ?? "",
    /** Puts small objects into `data`. */
    async objects(count: number, prefix = "object "): Promise<string[]> {
      const keys = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
      for (let from = 0; from < count; from += 100) await Promise.all(keys.slice(from, from + 100).map((key) => put("data", key, key)));
      return keys;
    },
    async stop(): Promise<void> {
      await runner.close();
      s3.destroy();
      await boss.stop({ graceful: false });
      await db.$disconnect();
      await sandbox.close();
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type Engine = Awaited<ReturnType<typeof startEngine>>;
export const rowsOf = (keys: string[], bucket = "data"): string[] => keys.map((key) => `${bucket},${encodeURIComponent(key)}`);
