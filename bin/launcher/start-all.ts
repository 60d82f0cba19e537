import { join, relative } from "node:path";
import { createDb } from "#lib/db/client.ts";
import { messageOf } from "#lib/errors.ts";
import { migrate } from "../../prisma/migrate.ts";
import { type RunningPostgres, startPostgres } from "../embedded-postgres.ts";
import { StartError } from "../errors.ts";
import { freePort, portProblem } from "../free-port.ts";
import { buildWhatChanged } from "./build.ts";
import { type DataDir, installationSecret, openDataDir } from "./data-dir.ts";
import { checkDatabase } from "./database.ts";
import { deriveIdentity } from "./identity.ts";
import { type LocalFile, writeLocalFile } from "./local-file.ts";
import { takeLock } from "./lock.ts";
import { notice, step } from "./screen.ts";
import { SANDBOX_REGION, seedAccessKey, seedAdmin, seedSandbox } from "./seed.ts";
import { startConsole, startSandboxService, startWorker } from "./services.ts";
import type { LaunchSettings } from "./settings.ts";

const SANDBOX_PORT = 4568;
/** A launcher whose npm was killed is about to stop. */
const LOCK_WAIT_MS = 2_000;

export interface Stack {
  local: LocalFile;
  dataDir: DataDir;
  /** Ends everything in order: nothing loses what it stands on before it has ended. */
  stop: (onStep: (what: string) => void) => Promise<void>;
}

/** Everything on this machine: PostgreSQL, sandbox, console and worker, as far as the settings ask for them. */
export async function startAll(settings: LaunchSettings, signal: AbortSignal): Promise<Stack> {
  const stops: [string, () => Promise<void> | void][] = [];
  const stop: Stack["stop"] = async (onStep) => {
    for (const [name, end] of stops.splice(0).reverse()) {
      if (name !== "") onStep(name);
      await end();
    }
  };
  const guarded = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return step(label, work);
  };
  try {
    const dir = openDataDir(settings.dataDir);
    stops.push(["", await holdDataDir(dir)]);
    const host = settings.host ?? "127.0.0.1";
    const port = await choosePort(settings.port, host);
    const secret = installationSecret(dir, settings.secret);
    const identity = deriveIdentity(secret, settings.accountId);
    const url = await guarded(settings.databaseUrl ? "Reaching the database" : "Starting PostgreSQL", async () => {
      if (settings.databaseUrl) {
        await checkDatabase(settings.databaseUrl);
        return settings.databaseUrl;
      }
      const postgres = await keepPostgres(dir, settings.durable);
      stops.push(["PostgreSQL", postgres.stop]);
      return postgres.url;
    });
    await guarded("Migrating the database", () => migrate(url));
    signal.throwIfAborted();
    await buildWhatChanged({ console: true }, signal);

    const endpointPort = settings.sandbox ? await sandboxPort(settings.sandboxPort) : null;
    const endpoint = `http://127.0.0.1:${endpointPort}`;
    if (endpointPort !== null) {
      const options = { dir: dir.sandbox, port: endpointPort, region: SANDBOX_REGION, accountId: identity.accountId, users: identity.sandbox, logs: dir.logs };
      const sandbox = await guarded("Starting the sandbox S3", () => startSandboxService(options));
      stops.push(["the sandbox", sandbox.stop]);
    }

    const db = createDb(url, 2);
    const { password, accessKey } = await (async () => {
      try {
        if (endpointPort !== null) await seedSandbox(db, url, endpoint, identity, secret);
        const password = await seedAdmin(db, identity.admin);
        return { password, accessKey: await seedAccessKey(db, identity, secret) };
      } finally {
        await db.$disconnect();
      }
    })();
    const local: LocalFile = {
      url: `http://${host === "127.0.0.1" || host === "0.0.0.0" || host === "::" ? "localhost" : host}:${port}`,
      accountId: identity.accountId,
      admin: { email: identity.admin.email, password },
      accessKey,
      s3: endpointPort === null ? null : { endpoint, region: SANDBOX_REGION, ...identity.sandbox.console },
      roleArn: endpointPort === null ? null : identity.roleArn,
    };

    const env = { DATABASE_URL: url, LONGSHORE_SECRET: secret, LONGSHORE_ACCOUNT_ID: identity.accountId, LONGSHORE_DATA_DIR: dir.path };
    const console = await guarded("Starting the console", () => startConsole({ env, host, port, logs: dir.logs }));
    stops.push(["the console", console.stop]);
    const worker = await guarded("Starting the worker", () => startWorker({ env, logs: dir.logs }));
    stops.push(["the worker", worker.stop]);
    writeLocalFile(dir.localFile, local);
    signal.throwIfAborted();
    return { local, dataDir: dir, stop };
  } catch (error) {
    await stop(() => {});
    throw error;
  }
}

async function holdDataDir(dir: DataDir): Promise<() => void> {
  const lock = await takeLock(dir.lockFile, LOCK_WAIT_MS);
  if (typeof lock === "function") return lock;
  throw new StartError(
    `Longshore is already running on ${relative(process.cwd(), dir.path) || dir.path} (process ${lock.heldBy}). Stop it first with Ctrl-C, or set LONGSHORE_DATA_DIR and PORT to run another one.`,
  );
}

async function choosePort(wanted: number, host: string): Promise<number> {
  if (wanted === 0) return freePort();
  const problem = await portProblem(wanted, host);
  if (problem === null) return wanted;
  if (problem === "EADDRINUSE")
    throw new StartError(`Port ${wanted} is taken by another program. Stop that one, or choose another port: PORT=${wanted + 1} npm start`);
  if (problem === "EACCES") throw new StartError(`This user may not listen on port ${wanted}. Choose one above 1023: PORT=3000 npm start`);
  throw new StartError(`Nothing can listen on ${host}:${wanted} (${problem}). Check PORT and LONGSHORE_HOST.`);
}

/** The usual port, so that the address stays the same; another one rather than not starting, unless the port was asked for. */
async function sandboxPort(asked: number | undefined): Promise<number> {
  if (asked === 0) return freePort();
  const problem = await portProblem(asked ?? SANDBOX_PORT, "127.0.0.1");
  if (problem === null) return asked ?? SANDBOX_PORT;
  if (asked === undefined) return freePort();
  throw new StartError(`The sandbox's port ${asked} cannot be used (${problem}). Set LONGSHORE_SANDBOX_PORT to another one.`);
}

/** PostgreSQL is started again on the same port when it ends by itself: its clients connect again. */
async function keepPostgres(dir: DataDir, durable: boolean): Promise<Pick<RunningPostgres, "url" | "stop">> {
  const log = join(dir.logs, "postgres.log");
  let current = await startPostgres({ dir: dir.postgres, log, durable });
  const { url } = current;
  const port = Number(new URL(url).port);
  const watch = (postgres: RunningPostgres): void => {
    void postgres.died.then(async (reason) => {
      notice("PostgreSQL", `ended unexpectedly: ${reason} Starting it again.`);
      try {
        current = await startPostgres({ dir: dir.postgres, log, durable, port });
      } catch (error) {
        return notice("PostgreSQL", `${messageOf(error)} Nothing works without it: press Ctrl-C, and start again.`);
      }
      notice("PostgreSQL", "runs again.");
      watch(current);
    });
  };
  watch(current);
  return { url, stop: () => current.stop() };
}
