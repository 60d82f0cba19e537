import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "#lib/db/connection.ts";
import { StartError } from "./errors.ts";
import { freePort } from "./free-port.ts";
import { type Binaries, loadBinaries } from "./postgres-binaries.ts";
import { type PostgresUser, postgresUser, wrapForUser } from "./postgres-user.ts";
import { isAlive, waitForExit, workingDirectory } from "./processes.ts";

export interface PostgresOptions {
  /** Holds `cluster/` (PostgreSQL's own data directory) and `password`; made when missing. */
  dir: string;
  /** TCP port on 127.0.0.1; a free one by default. */
  port?: number;
  /** File that receives the server's log; started afresh. */
  log: string;
  /** False for throw-away data: no fsync, several times faster. */
  durable?: boolean;
}

export interface RunningPostgres {
  /** Of the database `longshore`, as its owner. */
  url: string;
  pid: number;
  /** Resolves with a sentence if the server ends without stop() having been called. */
  died: Promise<string>;
  /** Fast shutdown: ends the open connections, keeps every committed transaction. */
  stop: () => Promise<void>;
}

const OWNER = "longshore";
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
/** Until the last process of a server that was killed is gone, no other starts on its data. */
const ORPHAN_TRIES = 40;
const ORPHAN_PAUSE_MS = 500;

/**
 * Starts PostgreSQL from npm on 127.0.0.1, making its data directory first if there is none.
 * A server that a killed launcher left behind on the same directory is stopped first.
 * @throws StartError with one sentence that says what to do
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const dir = resolve(options.dir);
  const cluster = join(dir, "cluster");
  const binaries = await loadBinaries();
  const user = postgresUser(dir);
  makeDirectory(dir, user);
  await stopOrphan(cluster);
  if (existsSync(cluster)) checkCluster(cluster, binaries);
  else initialise(dir, binaries, user, options.durable ?? true);
  const password = readFileSync(join(dir, "password"), "utf8").trim();

  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = spawnServer(cluster, port, binaries, user, options);
    const failure = await untilReady(child, cluster, options.log);
    if (!failure) {
      const url = `postgresql://${OWNER}:${password}@127.0.0.1:${port}/`;
      await createDatabase(`${url}postgres`);
      return running(child, `${url}${OWNER}`, options.log);
    }
    if (failure.includes("pre-existing shared memory block") && attempt < ORPHAN_TRIES) {
      await sleep(ORPHAN_PAUSE_MS);
      continue;
    }
    const portTaken = failure.includes("could not create any TCP/IP sockets") || failure.includes("Address already in use");
    if (options.port === undefined && portTaken && attempt < 3) continue;
    throw new StartError(`PostgreSQL did not start on ${cluster}: ${failure} Its log is ${options.log}.`);
  }
}

function makeDirectory(dir: string, user: PostgresUser | null): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (user) chownSync(dir, user.uid, user.gid);
    readdirSync(dir);
  } catch (error) {
    throw new StartError(
      `The database directory ${dir} cannot be used: ${error instanceof Error ? error.message : error}. Check its owner and permissions, or set LONGSHORE_DATA_DIR.`,
    );
  }
}

function checkCluster(cluster: string, binaries: Binaries): void {
  const file = join(cluster, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (!/^\d+$/.test(found) || !existsSync(join(cluster, "global", "pg_control")))
    throw new StartError(
      `The database in ${cluster} is damaged: files that PostgreSQL needs are missing. Restore it from a backup, or move ${cluster} away to begin with an empty one.`,
    );
  if (Number(found) !== binaries.major)
    throw new StartError(
      `The database in ${cluster} was made by PostgreSQL ${found}, and this version of Longshore brings PostgreSQL ${binaries.major}. Move its data over with pg_dump and pg_restore, or start the version of Longshore that made it.`,
    );
}

/** initdb works beside the final place, so that being killed half-way leaves nothing that looks like a database. */
function initialise(dir: string, binaries: Binaries, user: PostgresUser | null, durable: boolean): void {
  const fresh = join(dir, "cluster.new");
  rmSync(fresh, { recursive: true, force: true });
  const passwordFile = join(dir, "password");
  writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const flags = [`--pgdata=${fresh}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  // PostgreSQL's own C.UTF-8 sorts alike on every machine, whatever locales the system has.
  flags.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions");
  if (!durable) flags.push("--no-sync");
  const [command, args] = wrapForUser(user, [dir, binaries.initdb], binaries.initdb, flags);
  const made = spawnSync(command, args, { cwd: dir, env: serverEnv(), encoding: "utf8", ...plainIds(user, command, binaries.initdb) });
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    const words = made.error?.message ?? (lastLine(made.stderr) || `initdb ended with ${made.signal ?? made.status}`);
    throw new StartError(`PostgreSQL could not make its data directory ${dir}: ${words}`);
  }
  renameSync(fresh, join(dir, "cluster"));
}

function spawnServer(cluster: string, port: number, binaries: Binaries, user: PostgresUser | null, options: PostgresOptions): ChildProcess {
  const settings: Record<string, string | number> = { listen_addresses: "127.0.0.1", port, unix_socket_directories: "", max_connections: 200 };
  if (options.durable === false) Object.assign(settings, { fsync: "off", synchronous_commit: "off", full_page_writes: "off" });
  const flags = ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const [command, args] = wrapForUser(user, [cluster, binaries.postgres], binaries.postgres, flags);
  // A file, not a pipe: the log must not depend on the launcher's life. Detached, so that Ctrl-C reaches the launcher alone.
  // A new file: those that a killed server left behind still write to the one before, and would seem to say why this one did not start.
  rmSync(options.log, { force: true });
  const log = openSync(options.log, "w", 0o600);
  const child = spawn(command, args, {
    cwd: cluster,
    env: serverEnv(),
    detached: true,
    stdio: ["ignore", log, log],
    ...plainIds(user, command, binaries.postgres),
  });
  closeSync(log);
  return child;
}

/** Resolves with null once connections are accepted, or with the sentence that says why they never will be. */
function untilReady(child: ChildProcess, cluster: string, log: string): Promise<string | null> {
  return new Promise((done) => {
    const finish = (result: string | null) => {
      clearInterval(poll);
      clearTimeout(timeout);
      child.removeAllListeners();
      done(result);
    };
    const poll = setInterval(() => {
      const state = readPidFile(cluster);
      if (state?.pid === child.pid && state?.status === "ready") finish(null);
    }, 20);
    const timeout = setTimeout(() => {
      child.kill("SIGQUIT");
      finish(`it was not ready after ${START_TIMEOUT_MS / 1000} seconds.`);
    }, START_TIMEOUT_MS);
    child.once("error", (error) => finish(`${error.message}.`));
    child.once("exit", () => finish(reasonInLog(log)));
  });
}

function running(child: ChildProcess, url: string, log: string): RunningPostgres {
  const pid = child.pid ?? 0;
  let stopping = false;
  const died = new Promise<string>((done) => {
    child.once("exit", () => {
      if (!stopping) done(reasonInLog(log));
    });
  });
  return {
    url,
    pid,
    died,
    stop: async () => {
      stopping = true;
      await shutDown(pid);
    },
  };
}

async function shutDown(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, "SIGINT");
  if (await waitForExit(pid, STOP_TIMEOUT_MS)) return;
  process.kill(pid, "SIGQUIT");
  await waitForExit(pid, STOP_TIMEOUT_MS);
}

/** A postmaster outlives a launcher that was killed. Its pid file may also be stale and name somebody else's process. */
async function stopOrphan(cluster: string): Promise<void> {
  const state = readPidFile(cluster);
  if (!state || !isAlive(state.pid) || workingDirectory(state.pid) !== realpathSync(cluster)) return;
  await shutDown(state.pid);
  if (isAlive(state.pid))
    throw new StartError(`PostgreSQL is still running on ${cluster} as process ${state.pid} and does not stop. End that process, then start again.`);
}

function readPidFile(cluster: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), status: (lines[7] ?? "").trim() };
  } catch {
    return null;
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const client = new Connection({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
  } finally {
    await client.end();
  }
}

function reasonInLog(log: string): string {
  const lines = readFileSync(log, "utf8").split("\n");
  const line = lines.findLast((text) => /\b(FATAL|PANIC|could not|error while loading)\b/.test(text)) ?? lines.findLast((text) => text.trim() !== "");
  return line ? `${line.replace(/^.*?\b(FATAL|PANIC|LOG): +/, "").trim()}.` : "it ended without a word.";
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** The uid and gid for spawn, unless the command already changes user by itself. */
const plainIds = (user: PostgresUser | null, command: string, binary: string) => (user && command === binary ? { uid: user.uid, gid: user.gid } : {});

const serverEnv = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C", NODE_ENV: process.env.NODE_ENV });
