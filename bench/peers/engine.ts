import { cpuSeconds, peakRssBytes } from "../measure/proc.ts";
import { type StoredManifest, storeManifest } from "../world/manifest.ts";
import { confirm, prepareJob, untilComplete } from "../world/run-job.ts";
import type { Endpoint, World } from "../world/start-world.ts";
import type { WorkerProcess } from "../world/worker-process.ts";
import type { Measured, Peer } from "./peer.ts";

export interface EngineRun extends Measured {
  /** Of the worker's main process meanwhile: heartbeats, and the joining of the report. */
  mainCpuSeconds: number;
  /** From the confirmation to the job's end, the report joined. */
  wholeSeconds: number;
  /** Seconds since the confirmation, and the requests that the stub has had by then. */
  arrivals: [at: number, requests: number][];
}

const sampleMs = 100;
const cpuOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);

/**
 * A whole job of the real engine, prepared already: every row read, signed, sent, judged, reported and counted, the report
 * joined in the end. `seconds` are from the first request to the last; CPU is the executors', from the confirmation to the job's end.
 * @param pollMs how often the database is asked whether it has ended
 */
export async function runEngine(world: World, worker: WorkerProcess, { jobId, tasks }: { jobId: string; tasks: number }, pollMs?: number): Promise<EngineRun> {
  const arrivals: [number, number][] = [];
  const before = await world.stub.requests();
  const [executorCpu, mainCpu] = [cpuOf(worker.executorPids), cpuSeconds(worker.mainPid)];
  const confirmedAt = performance.now();
  const elapsed = () => (performance.now() - confirmedAt) / 1000;
  let asking = false;
  const sampler = setInterval(async () => {
    if (asking) return;
    asking = true;
    const requests = await world.stub.requests().catch(() => null);
    // Those who ask are counted, too.
    if (requests !== null) arrivals.push([elapsed(), requests - before - arrivals.length - 1]);
    asking = false;
  }, sampleMs);
  try {
    await confirm(world, jobId);
    await untilComplete(world, jobId, tasks, pollMs);
  } finally {
    clearInterval(sampler);
  }
  const wholeSeconds = elapsed();
  // What the report's parts add is a few requests: within a sample.
  const first = arrivals.find(([, requests]) => requests > 0)?.[0] ?? 0;
  const last = arrivals.find(([, requests]) => requests >= tasks)?.[0] ?? wholeSeconds;
  return {
    tasks,
    seconds: last - first,
    wholeSeconds,
    cpuSeconds: cpuOf(worker.executorPids) - executorCpu,
    mainCpuSeconds: cpuSeconds(worker.mainPid) - mainCpu,
    peakRssBytes: Math.max(...worker.executorPids.map(peakRssBytes)),
    arrivals,
  };
}

/** Runs a small job that nobody counts, so that the executors have their code compiled and their connections open. */
export async function warmUp(world: World, worker: WorkerProcess, endpoint: Endpoint): Promise<void> {
  const manifest = await storeManifest(world, 20_000 * worker.executorPids.length);
  const jobId = await prepareJob(world, { manifest, operation: "tagging", endpoint });
  await runEngine(world, worker, { jobId, tasks: manifest.rows });
}

/** @param runs receives every run, with what only the engine's runs tell */
export const enginePeer = (world: World, worker: WorkerProcess, manifest: StoredManifest, endpoint: Endpoint, runs: EngineRun[] = []): Peer => ({
  name: "Longshore, the whole job",
  operations: ["tagging", "copy"],
  share: 1,
  missing: () => null,
  async run({ operation }) {
    const jobId = await prepareJob(world, { manifest, operation, endpoint });
    const run = await runEngine(world, worker, { jobId, tasks: manifest.rows });
    runs.push(run);
    return run;
  },
});
