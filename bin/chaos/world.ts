import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
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
const connectionKeys = { name: "connection", accessKeyId: "CHAOSCONNECTION", secretAccessKey: "chaos-connection-secret" };
const roleKeys = {
  name: "role",
  accessKeyId: "CHAOSROLE",
  secretAccessKey: "chaos-role-secret",
  policy: { denyBuckets: { forbidden: ["s3:PutObjectTagging"] } },
};

const restartMs = 1_000;

/** All that a job stands on, each piece of it real and mortal. */
export interface World {
  ctx: Context;
  s3: S3Client;
  sandbox: Sandbox;
  /** Those that run, stopped ones included. */
  workers: ChildProcess[];
  startWorker(): void;
  /** Kills a worker and its executors at once, as the loss of a machine does. Another takes its place. */
  killWorker(worker: ChildProcess): void;
  /** Tells a worker to stop. Another takes its place at once. */
  drainWorker(worker: ChildProcess): void;
  /** `kill -9`, and a start on the same data; one at a time. */
  crashPostgres(): Promise<void>;
  executorsOf(worker: ChildProcess): number[];
  /** A process that calls the console's verbs about these jobs until it is killed. */
  startConsole(jobs: string[]): ChildProcess;
  /** How often a worker ended though nobody killed it. */
  ownDeaths: () => number;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const dir = mkdtempSync(join(tmpdir(), "longshore-chaos-"));
  chmodSync(dir, 0o755);
  const place = { dir: join(dir, "postgres"), log: join(dir, "postgres.log"), port: await freePort() };
  let postgres: RunningPostgres = await startPostgres(place);
  let restarting: Promise<void> | null = null;
  await migrate(postgres.url);
  const sandbox = await startSandbox({ dir: join(dir, "sandbox"), users: [connectionKeys, roleKeys] });
  const secret = randomBytes(32).toString("hex");
  const settings = { LONGSHORE_SECRET: secret, LONGSHORE_ACCOUNT_ID: accountId, DATABASE_URL: postgres.url };
  Object.assign(process.env, settings);
  const db = createDb(postgres.url);
  const boss = createBoss(postgres.url);
  boss.on("error", () => undefined);
  await boss.start();
  await createStepQueues(boss);
  const s3 = connectS3({ endpoint: sandbox.url, region: "us-east-1", addressing: "path", ...connectionKeys });
  for (const Bucket of ["data", "forbidden", "manifests", "reports", "work"]) await s3.send(new CreateBucketCommand({ Bucket }));
  const sealed = (keys: typeof connectionKeys) => ({ accessKeyId: keys.accessKeyId, secretEncrypted: seal(keys.secretAccessKey, secret) });
  await db.connection.create({
    data: {
      name: "sandbox",
      endpoint: sandbox.url,
      region: "us-east-1",
      ...sealed(connectionKeys),
      workBucket: "work",
      roles: { create: { arn: roleArn, ...sealed(roleKeys) } },
    },
  });

  const workers: ChildProcess[] = [];
  const helpers = new Set<ChildProcess>();
  const condemned = new Set<ChildProcess>();
  let ownDeaths = 0;
  let stopping = false;
  const env = { ...process.env, LONGSHORE_EXECUTORS: "2", LONGSHORE_LOG_LEVEL: process.env.CHAOS_LOG ?? "error" };
  const start = (file: string, args: string[] = []) =>
    fork(new URL(file, import.meta.url), args, { env, execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });

  /** Once a worker, whatever happens to it until it is gone: there are never more than were wanted, but for those that drain. */
  const replace = (worker: ChildProcess) => {
    if (condemned.has(worker)) return;
    condemned.add(worker);
    world.startWorker();
  };

  const world: World = {
    ctx: { db, boss, accountId, now: () => new Date(), caller: { userId: null, name: "chaos", role: "admin" } },
    s3,
    sandbox,
    workers,
    startWorker() {
      if (stopping) return;
      const worker = start("../../worker/main.ts");
      workers.push(worker);
      worker.once("exit", (code) => {
        workers.splice(workers.indexOf(worker), 1);
        if (condemned.has(worker) || stopping || code === 0) return;
        // Whoever runs a worker starts it again when it ends.
        ownDeaths += 1;
        setTimeout(world.startWorker, restartMs);
      });
    },
    killWorker(worker) {
      replace(worker);
      for (const pid of [...world.executorsOf(worker), worker.pid ?? 0]) signal(pid, "SIGKILL");
    },
    drainWorker(worker) {
      replace(worker);
      worker.kill("SIGTERM");
    },
    crashPostgres() {
      restarting ??= (async () => {
        process.kill(postgres.pid, "SIGKILL");
        await postgres.died;
        postgres = await startPostgres(place);
      })().finally(() => {
        restarting = null;
      });
      return restarting;
    },
    executorsOf: (worker) => childrenOf(worker.pid ?? 0),
    startConsole(jobs) {
      const child = start("./console-process.ts", jobs);
      helpers.add(child);
      child.once("exit", () => helpers.delete(child));
      return child;
    },
    ownDeaths: () => ownDeaths,
    async stop() {
      stopping = true;
      await restarting;
      const going = [...workers, ...helpers].map((child) => once(child, "exit"));
      for (const worker of [...workers]) world.killWorker(worker);
      for (const child of helpers) child.kill("SIGKILL");
      await Promise.all(going);
      s3.destroy();
      await boss.stop({ graceful: false }).catch(() => undefined);
      await db.$disconnect();
      await sandbox.close();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return world;
}

/** To a process that may have died already, or not be there at all. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {}
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").map(Number).filter(Boolean);
  } catch {
    return [];
  }
}
