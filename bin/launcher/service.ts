import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "../errors.ts";
import { root } from "../root.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { notice } from "./screen.ts";

export interface ServiceSpec {
  name: string;
  /** Module to run, relative to the repository. */
  module: string;
  args?: string[];
  nodeOptions?: string[];
  env: Record<string, string>;
  logFile: string;
  /** Resolves once the process serves; rejects or never resolves otherwise. `signal` ends the wait. */
  ready: (child: ChildProcess, signal: AbortSignal) => Promise<void>;
  /** How long it may take to end its work after SIGTERM. */
  stopTimeoutMs: number;
}

export interface Service {
  pid: () => number | undefined;
  stop: () => Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;
/** A process that lived this long had started well: its next failure is a new one. */
const HEALTHY_MS = 60_000;

/**
 * Starts a process, waits until it serves, and starts it again whenever it ends by itself.
 * It is forked with a channel and ends when that closes, so it cannot outlive the launcher.
 * @throws StartError when the first start fails
 */
export async function startService(spec: ServiceSpec): Promise<Service> {
  const log = openLogFile(spec.name, spec.logFile);
  let child: ChildProcess;
  let stopping = false;
  let failures = 0;

  const restart = async (code: number | null, signal: string | null, livedMs: number): Promise<void> => {
    failures = livedMs > HEALTHY_MS ? 1 : failures + 1;
    const pause = Math.min(1000 * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    notice(spec.name, `ended unexpectedly (${signal ?? `code ${code}`}); starting it again in ${pause / 1000} s. Its log: ${spec.logFile}`);
    await sleep(pause);
    if (stopping) return;
    const started = Date.now();
    child = spawnService(spec, log);
    watch(child);
    const problem = await untilReady(spec, child, log);
    if (problem === null) notice(spec.name, `runs again after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
    else if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  };
  const watch = (watched: ChildProcess) => {
    const started = Date.now();
    watched.once("exit", (code, signal) => {
      if (!stopping) void restart(code, signal, Date.now() - started);
    });
  };

  child = spawnService(spec, log);
  const problem = await untilReady(spec, child, log);
  if (problem !== null) {
    stopping = true;
    await endChild(child, 0);
    throw new StartError(`The ${spec.name} did not start: ${problem} Its log: ${spec.logFile}`);
  }
  if (child.exitCode === null && child.signalCode === null) watch(child);
  else void restart(child.exitCode, child.signalCode, 0);

  return {
    pid: () => child.pid,
    stop: async () => {
      stopping = true;
      await endChild(child, spec.stopTimeoutMs);
      log.close();
    },
  };
}

function spawnService(spec: ServiceSpec, log: LogFile): ChildProcess {
  const child = fork(spec.module, spec.args ?? [], {
    cwd: root,
    env: { ...process.env, ...spec.env },
    execArgv: spec.nodeOptions ?? [],
    // Ctrl-C is for the launcher, which stops its processes in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  log.follow(child.stdout);
  log.follow(child.stderr);
  return child;
}

/** @returns null, or why it will not serve */
async function untilReady(spec: ServiceSpec, child: ChildProcess, log: LogFile): Promise<string | null> {
  const wait = new AbortController();
  const ended = new Promise<string>((done) => {
    child.once("error", (error) => done(error.message));
    child.once("exit", (code, signal) => setTimeout(() => done(log.tail() || `it ended with ${signal ?? `code ${code}`}.`), 50));
  });
  const late = sleep(READY_TIMEOUT_MS, `it was not ready after ${READY_TIMEOUT_MS / 1000} seconds.`, { signal: wait.signal, ref: false });
  late.catch(() => undefined);
  try {
    return await Promise.race([spec.ready(child, wait.signal).then(() => null), ended, late]);
  } finally {
    wait.abort();
  }
}

async function endChild(child: ChildProcess, timeoutMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((done) => child.once("exit", done));
  if (timeoutMs > 0) {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    await exited;
    clearTimeout(late);
    return;
  }
  child.kill("SIGKILL");
  await exited;
}

/** For processes that say `{type: "ready"}` on their channel. */
export const saysReady = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.on("message", (message) => {
      if (typeof message === "object" && message !== null && "type" in message && message.type === "ready") done();
    });
  });

/** For servers: ready once they answer anything at all. */
export async function answers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" }).catch(() => null);
    await response?.body?.cancel();
    if (response) return;
    await sleep(50);
  }
}
