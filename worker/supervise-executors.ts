import { type ChildProcess, fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "#lib/errors.ts";
import { releaseChunksOf } from "#lib/jobs/take-chunk.ts";
import type { EngineContext } from "./engine-context.ts";
import type { ExecutorMetrics } from "./executor-meter.ts";
import { sumExecutors } from "./sum-executors.ts";

const executorFile = new URL("./executor.ts", import.meta.url);
/**
 * V8 would let garbage pile up to several times what lives. A task's objects live for as long as its request: the young
 * generation must hold what is in flight, and the old one little more than what stays. One thread beside the main one for
 * collecting: the other cores have executors of their own.
 */
const memoryFlags = ["--min-semi-space-size=8", "--max-semi-space-size=8", "--heap-growing-percent=30", "--v8-pool-size=1"];
const restartMs = 1_000;
/** Executors end by themselves well before; one that does not is ended, and its chunks are given back. */
const stopMs = 20_000;

export interface Executors {
  /** Tasks they have run since the start, as they say about once a second. */
  tasksRun(): number;
  /** All of them together, as they say about once a second; null before the first word. */
  metrics(): ExecutorMetrics | null;
  /** Those that run, and how often one was started in the place of one that died. */
  count(): { running: number; replaced: number };
  /** Has their chunks counted as far as they are, and the rest given back; waits for them to end. */
  drain(): Promise<void>;
}

/** Keeps `count` executors running. One that dies has its chunks given back at once, and is replaced. */
export function superviseExecutors(ctx: EngineContext, workerId: string, count: number): Executors {
  const running = new Map<ChildProcess, Promise<void>>();
  let stopping = false;
  let started = 0;
  let tasksRun = 0;
  const sum = sumExecutors();

  const start = () => {
    started += 1;
    const executorId = `${workerId}/${started}/`;
    const child = fork(executorFile, [executorId], { execArgv: [...process.execArgv, ...memoryFlags], stdio: ["ignore", "inherit", "inherit", "ipc"] });
    let told = 0;
    child.on("message", (message: { type?: string; run?: number; metrics?: ExecutorMetrics }) => {
      if (message.type !== "tasks" || message.run === undefined) return;
      if (message.metrics) sum.told(executorId, message.metrics);
      tasksRun += message.run - told;
      told = message.run;
    });
    const gone = new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", () => resolve());
    }).then(async () => {
      running.delete(child);
      sum.gone(executorId);
      if (stopping && child.exitCode === 0) return;
      ctx.log.error({ executor: executorId, exitCode: child.exitCode, signal: child.signalCode }, "an executor died; its chunks go to others");
      await releaseChunksOf(ctx, executorId).catch((error: unknown) =>
        ctx.log.warn({ error: messageOf(error) }, "its chunks are free once their leases run out"),
      );
      if (stopping) return;
      await sleep(restartMs);
      if (!stopping) start();
    });
    running.set(child, gone);
  };
  for (let number = 0; number < count; number += 1) start();

  return {
    tasksRun: () => tasksRun,
    metrics: sum.read,
    count: () => ({ running: running.size, replaced: Math.max(0, started - count) }),
    async drain() {
      stopping = true;
      const waiting = [...running.values()];
      for (const child of running.keys()) if (child.connected) child.send("drain");
      const deadline = setTimeout(() => {
        for (const child of running.keys()) child.kill("SIGKILL");
      }, stopMs);
      await Promise.all(waiting);
      clearTimeout(deadline);
    },
  };
}
