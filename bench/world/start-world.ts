import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { seal } from "#lib/auth/secret-box.ts";
import { createBoss } from "#lib/db/boss.ts";
import { createDb } from "#lib/db/client.ts";
import type { Context } from "#lib/jobs/context.ts";
import { createStepQueues } from "#lib/jobs/queues.ts";
import { connectS3 } from "#lib/s3/connect-s3.ts";
import { startPostgres } from "../../bin/embedded-postgres.ts";
import { migrate } from "../../prisma/migrate.ts";
import { startSandbox } from "../../sandbox/start-sandbox.ts";
import { sourceBucket, targetBucket } from "../stub/nginx-config.ts";
import { type Stub, startStub } from "../stub/start-stub.ts";
import { objectKey } from "./object-keys.ts";

const accountId = "123456789012";
export const keys = { accessKeyId: "BENCHKEY", secretAccessKey: "bench-secret" };
/** Objects that are really there, for clients that list before they work. */
export const listedObjects = 2_000;

/** The ways to the stub; each is a connection of its own with a role of its own. */
export type Endpoint = "instant" | "delayed" | "logged";
export const roleArn = (endpoint: Endpoint): string => `arn:aws:iam::${accountId}:role/${endpoint}`;

export interface World {
  dir: string;
  databaseUrl: string;
  ctx: Context;
  stub: Stub;
  /** To the S3 server itself, past the stub. */
  s3: S3Client;
  /** Caps what all workers together have in flight; null: as much as the engine dares. */
  limitInFlight(endpoint: Endpoint, maxInFlight: number | null): Promise<void>;
  stop(): Promise<void>;
}

/** All that a worker needs, real: PostgreSQL, an S3 server for manifests and reports, and nginx before it for the tasks. */
export async function startWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-bench-"));
  chmodSync(dir, 0o755);
  const undo: (() => unknown)[] = [() => rmSync(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const postgres = await startPostgres({ dir: join(dir, "postgres"), log: join(dir, "postgres.log") });
    undo.push(() => postgres.stop());
    await migrate(postgres.url);
    const sandbox = await startSandbox({ dir: join(dir, "sandbox"), users: [{ name: "bench", ...keys }] });
    undo.push(() => sandbox.close());
    const stub = await startStub(join(dir, "nginx"), sandbox.port);
    undo.push(() => stub.stop());
    const s3 = connectS3({ endpoint: sandbox.url, region: "us-east-1", addressing: "path", ...keys });
    undo.push(() => s3.destroy());
    for (const Bucket of [sourceBucket, targetBucket, "manifests", "reports", "work"]) await s3.send(new CreateBucketCommand({ Bucket }));
    for (let from = 0; from < listedObjects; from += 50) {
      const some = Array.from({ length: 50 }, (_, index) => objectKey(from + index));
      await Promise.all(some.map((Key) => s3.send(new PutObjectCommand({ Bucket: sourceBucket, Key, Body: "x" }))));
    }

    const secret = randomBytes(32).toString("hex");
    Object.assign(process.env, { LONGSHORE_SECRET: secret, LONGSHORE_ACCOUNT_ID: accountId, DATABASE_URL: postgres.url });
    const db = createDb(postgres.url);
    undo.push(() => db.$disconnect());
    const boss = createBoss(postgres.url);
    boss.on("error", () => undefined);
    await boss.start();
    undo.push(() => boss.stop({ graceful: false }));
    await createStepQueues(boss);
    const stored = { accessKeyId: keys.accessKeyId, secretEncrypted: seal(keys.secretAccessKey, secret) };
    for (const name of ["instant", "delayed", "logged"] as const) {
      const endpoint = stub[name];
      if (endpoint === null) continue;
      const roles = { create: { arn: roleArn(name), ...stored } };
      await db.connection.create({ data: { name, endpoint, region: "us-east-1", ...stored, workBucket: "work", roles } });
    }
    return {
      dir,
      databaseUrl: postgres.url,
      ctx: { db, boss, accountId, now: () => new Date(), caller: { userId: null, name: "bench", role: "admin" } },
      stub,
      s3,
      async limitInFlight(endpoint, maxInFlight) {
        await db.connection.update({ where: { name: endpoint }, data: { maxInFlight } });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
