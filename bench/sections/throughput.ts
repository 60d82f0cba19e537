import { median } from "../measure/median.ts";
import { fixed, megabytes, times, whole } from "../measure/words.ts";
import { mc, rclone, s3cmd, s5cmdRun, s5cmdWildcard } from "../peers/commands.ts";
import { type EngineRun, enginePeer, warmUp } from "../peers/engine.ts";
import { layers } from "../peers/layer.ts";
import { minioLoop, sdkLoop } from "../peers/node-loop.ts";
import type { Peer } from "../peers/peer.ts";
import { wrk } from "../peers/wrk.ts";
import type { Findings, Goal, Section } from "../section.ts";
import { storeManifest } from "../world/manifest.ts";
import type { BenchedOperation } from "../world/run-job.ts";
import { startWorkerProcess } from "../world/worker-process.ts";
import { type Compared, compare } from "./compare.ts";

/** Against the stub that answers at once, everybody with as many in flight. */
const inFlight = 64;
const tasks = 200_000;

const againstStub = (name: string, title: string, operation: BenchedOperation, others: readonly Peer[], goalsOf: (found: Compared[]) => Goal[]): Section => ({
  name,
  title,
  async run(world, options, say) {
    const manifest = await storeManifest(world, Math.ceil(tasks * options.scale));
    await world.limitInFlight("instant", inFlight);
    const worker = await startWorkerProcess(1);
    const runs: EngineRun[] = [];
    try {
      await warmUp(world, worker, "instant");
      const peers = [enginePeer(world, worker, manifest, "instant", runs), ...others];
      const found = await compare(world, peers, { operation, endpoint: world.stub.instant, tasks: manifest.rows, inFlight }, options, say);
      return findings(found, runs, goalsOf(found));
    } finally {
      await worker.stop();
    }
  },
});

function findings(found: Compared[], runs: EngineRun[], goals: Goal[]): Findings {
  const notes = [];
  if (runs.length > 0) {
    const beside = median(runs.map((run) => (run.mainCpuSeconds / run.tasks) * 1e6));
    notes.push(`The worker's main process, which heartbeats and joins the report, took ${fixed(beside)} µs a task besides.`);
  }
  return {
    columns: ["client", "CPU a task", "times Longshore's", "tasks/s", "peak RSS", "requests a task"],
    rows: found.map((entry) => {
      const name = entry.note ? `${entry.name}: ${entry.note}` : entry.name;
      if (entry.missing !== null) return [name, entry.missing, "", "", "", ""];
      const { cpuMicros, ratio, tasksPerSecond, peakRssBytes, requestsPerTask } = entry;
      return [name, `${fixed(cpuMicros)} µs`, times(ratio), whole(tasksPerSecond), megabytes(peakRssBytes), fixed(requestsPerTask, 2)];
    }),
    goals,
    notes,
    raw: { found, besideMicros: runs.map((run) => (run.mainCpuSeconds / run.tasks) * 1e6) },
  };
}

/** The goals of both operations. */
function goals(what: string, found: Compared[]): Goal[] {
  const of = (name: string) => found.find((entry) => entry.name === name && entry.missing === null && entry.rounds.length > 0);
  const engine = found[0];
  if (!engine || engine.rounds.length === 0) return [];
  const atLeast = (peer: Compared | undefined, ratio: number, goal: string): Goal => ({
    goal: `${what}: ${goal}`,
    measured: peer ? times(peer.ratio) : "not measured here",
    met: peer ? peer.ratio >= ratio : null,
  });
  const floor = of(wrk.name);
  return [
    { goal: `${what}: under 25 µs of CPU a task, everything included`, measured: `${fixed(engine.cpuMicros)} µs`, met: engine.cpuMicros < 25 },
    atLeast(of(sdkLoop.name), 20, "20 times less than a loop over @aws-sdk/client-s3"),
    ...(found.some(({ name }) => name === s5cmdRun.name) ? [atLeast(of(s5cmdRun.name), 28, "28 times less than s5cmd run")] : []),
    {
      goal: `${what}: within 3.5 times of wrk, which signs nothing`,
      measured: floor ? times(1 / floor.ratio) : "not measured here",
      met: floor ? 1 / floor.ratio <= 3.5 : null,
    },
    { goal: `${what}: peak RSS of an executor under 200 MB`, measured: megabytes(engine.peakRssBytes), met: engine.peakRssBytes < 200e6 },
  ];
}

const everybody = [wrk, sdkLoop, minioLoop, s5cmdRun, s5cmdWildcard, rclone, s3cmd, mc];

export const tagging = againstStub("tagging", "PutObjectTagging, the stub answers at once", "tagging", everybody, (found) => goals("Tagging", found));
export const copy = againstStub("copy", "CopyObject, the stub answers at once", "copy", everybody, (found) => goals("Copy", found));
export const layersOfATask = againstStub("layers", "What each layer of a task costs, and buys", "tagging", layers, () => []);
