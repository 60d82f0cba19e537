import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
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
import { migrate } from "../../prisma/migrate.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { type RunningPostgres, startPostgres } from "../embedded-postgres.ts";
import { freePort } from "../free-port.ts";

const accountId = "123456789012";
export const roleArn = `arn:aws:iam::${accountId}:role/chaos`;
const keys = { name: "chaos", accessKeyId: "CHAOSKEY", secretAccessKey: "chaos-secret" };

/** All that a job stands on, each piece of it real and mortal. */
export interface World {
  ctx: Context;
  s3: S3Client;
  sandbox: Sandbox;
  workers: ChildProcess[];
  startWorker(): Promise<void>;
  /** `kill -9`, and a start on the same data. */
  crashPostgres(): Promise<void>;
  executorsOf(worker: ChildProcess): number[];
  stop(): Promise<void>;
}

export async function startWorld(objects: string[]): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-chaos-"));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const place = { dir: join(dir, "postgres"), log: join(dir, "postgres.log"), port };
  let postgres: RunningPostgres = await startPostgres(place);
  await migrate(postgres.url);
  const sandbox = await startSandbox({ dir: join(dir, "sandbox"), users: [keys] });
  const secret = randomBytes(32).toString("hex");
  process.env.LONGSHORE_SECRET = secret;
  process.env.LONGSHORE_ACCOUNT_ID = accountId;
  process.env.DATABASE_URL = postgres.url;
  const db = createDb(postgres.url);
  const boss = createBoss(postgres.url);
  boss.on("error", () => undefined);
  await boss.start();
  await createStepQueues(boss);
  const s3 = connectS3({ endpoint: sandbox.url, region: "us-east-1", addressing: "path", ...keys });
  for (const Bucket of ["data", "manifests", "reports", "work"]) await s3.send(new CreateBucketCommand({ Bucket }));
  for (let from = 0; from < objects.length; from += 50) {
    await Promise.all(objects.slice(from, from + 50).map((Key) => s3.send(new PutObjectCommand({ Bucket: "data", Key, Body: Key }))));
  }
  const stored = { accessKeyId: keys.accessKeyId, secretEncrypted: seal(keys.secretAccessKey, secret) };
  await db.connection.create({
    data: { name: "sandbox", endpoint: sandbox.url, region: "us-east-1", ...stored, workBucket: "work", roles: { create: { arn: roleArn, ...stored } } },
  });
  const workers: ChildProcess[] = [];

  return {
    ctx: { db, boss, accountId, now: () => new Date(), caller: { userId: null, name: "chaos", role: "admin" } },
    s3,
    sandbox,
    workers,
    async startWorker() {
      const env = { ...process.env, LONGSHORE_EXECUTORS: "2", LONGSHORE_LOG_LEVEL: process.env.CHAOS_LOG ?? "error" };
      const worker = fork(new URL("../../worker/main.ts", import.meta.url), { env, execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
      workers.push(worker);
      worker.once("exit", () => workers.splice(workers.indexOf(worker), 1));
    },
    async crashPostgres() {
      const pid = postgres.pid;
      process.kill(pid, "SIGKILL");
      await postgres.died;
      postgres = await startPostgres(place);
    },
    executorsOf: (worker) =>
      // It exits with 1 when there are none.
      spawnSync("ps", ["-o", "pid=", "--ppid", String(worker.pid)], { encoding: "utf8" })
        .stdout.split("\n")
        .map(Number)
        .filter((pid) => pid > 0),
    async stop() {
      for (const worker of [...workers]) {
        const gone = once(worker, "exit");
        worker.kill("SIGCONT");
        worker.kill("SIGKILL");
        await gone;
      }
      s3.destroy();
      await boss.stop({ graceful: false }).catch(() => undefined);
      await db.$disconnect();
      await sandbox.close();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
