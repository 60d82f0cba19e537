import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onOwnCore } from "../measure/pin.ts";
import { childrenOf } from "../measure/proc.ts";

const workerFile = fileURLToPath(new URL("../../worker/main.ts", import.meta.url));
const stopMs = 25_000;

export interface WorkerProcess {
  /** Prepares and reports. */
  mainPid: number;
  executorPids: number[];
  stop(): Promise<void>;
}

/**
 * Starts a worker as `npm run worker` does, on a core of its own where there are two.
 * `BENCH_NODE_FLAGS` go to it and its executors: `--cpu-prof --cpu-prof-dir=DIR` writes profiles when they stop.
 */
export async function startWorkerProcess(executors: number): Promise<WorkerProcess> {
  const flags = (process.env.BENCH_NODE_FLAGS ?? "").split(" ").filter(Boolean);
  const [command, args] = onOwnCore(process.execPath, [...flags, workerFile], executors);
  const env = { ...process.env, LONGSHORE_EXECUTORS: String(executors), LONGSHORE_LOG_LEVEL: process.env.LONGSHORE_LOG_LEVEL ?? "error" };
  const worker = spawn(command, args, { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const gone = once(worker, "exit");
  const ready = await Promise.race([once(worker, "message").then(() => true), gone.then(() => false)]);
  if (!ready || worker.pid === undefined) throw new Error("The worker ended before it was ready; its words are above.");
  const executorPids = childrenOf(worker.pid);
  return {
    mainPid: worker.pid,
    executorPids,
    async stop() {
      worker.kill("SIGTERM");
      const late = setTimeout(() => worker.kill("SIGKILL"), stopMs);
      await gone;
      clearTimeout(late);
    },
  };
}
