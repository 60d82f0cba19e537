import { median } from "../measure/median.ts";
import { steadyRate } from "../measure/steady-rate.ts";
import { percent, whole } from "../measure/words.ts";
import { s5cmdRun } from "../peers/commands.ts";
import { type EngineRun, enginePeer, warmUp } from "../peers/engine.ts";
import { minioLoop, sdkLoop } from "../peers/node-loop.ts";
import { wrk } from "../peers/wrk.ts";
import type { Findings, Options, Section } from "../section.ts";
import { delayMs } from "../stub/nginx-config.ts";
import { storeManifest } from "../world/manifest.ts";
import type { World } from "../world/start-world.ts";
import { startWorkerProcess } from "../world/worker-process.ts";
import { type Compared, compare } from "./compare.ts";

const budgets = [256, 512];
/** Long enough for the adaptive limit to grow to the budget, and to stay there. */
const secondsAtTheBound = 20;
const goalShare = 0.9;
const boundOf = (inFlight: number): number => inFlight / (delayMs / 1000);

/** The stub answers after 20 ms: not CPU but what is in flight bounds the tasks a second. */
export const farAway: Section = {
  name: "latency",
  title: `The stub answers after ${delayMs} ms`,
  async run(world, options, say) {
    if (world.stub.delayed === null) throw new Error("nginx has no echo module, which is what waits: install Debian's libnginx-mod-http-echo.");
    const findings: Findings = {
      columns: ["client", "in flight", "bound", "tasks/s, whole", "tasks/s, steady", "of the bound"],
      rows: [],
      goals: [],
      notes: ["Steady is the rate between the middle of the job and its last tenth, once Longshore's adaptive limit has grown; the others' does not grow."],
      raw: [],
    };
    for (const inFlight of budgets) {
      const { found, runs } = await compareAt(world, world.stub.delayed, inFlight, options, say);
      const steady = runs.length > 0 ? median(runs.map(steadyRate)) : 0;
      const bound = boundOf(inFlight);
      findings.rows.push(...found.map((entry, place) => rowOf(entry, inFlight, place === 0 ? steady : entry.tasksPerSecond)));
      findings.goals.push({
        goal: `With ${delayMs} ms latency and ${inFlight} in flight: at least ${percent(goalShare)} of ${whole(bound)} tasks/s`,
        measured: `${whole(steady)} (${percent(steady / bound)}) steady, ${whole(found[0]?.tasksPerSecond ?? 0)} over the whole job`,
        met: steady >= bound * goalShare,
      });
      (findings.raw as unknown[]).push({ inFlight, found, steady: runs.map(steadyRate), arrivals: runs.map((run) => run.arrivals) });
    }
    return findings;
  },
};

async function compareAt(world: World, endpoint: string, inFlight: number, { rounds, scale }: Options, say: (words: string) => void) {
  const manifest = await storeManifest(world, Math.ceil(boundOf(inFlight) * secondsAtTheBound * scale));
  await world.limitInFlight("delayed", inFlight);
  const worker = await startWorkerProcess(1);
  const runs: EngineRun[] = [];
  try {
    await warmUp(world, worker, "delayed");
    const peers = [enginePeer(world, worker, manifest, "delayed", runs), wrk, sdkLoop, minioLoop, s5cmdRun];
    // Copies are what all of them can do.
    const found = await compare(world, peers, { operation: "copy", endpoint, tasks: manifest.rows, inFlight }, { rounds: Math.min(rounds, 3) }, say);
    return { found, runs };
  } finally {
    await worker.stop();
  }
}

function rowOf({ name, missing, tasksPerSecond }: Compared, inFlight: number, steady: number): string[] {
  const bound = boundOf(inFlight);
  const place = [name, String(inFlight), whole(bound)];
  return missing === null ? [...place, whole(tasksPerSecond), whole(steady), percent(steady / bound)] : [...place, missing, "", ""];
}
