import { median } from "../measure/median.ts";
import { cores } from "../measure/pin.ts";
import { steadyRate } from "../measure/steady-rate.ts";
import { fixed, times, whole } from "../measure/words.ts";
import { type EngineRun, runEngine, warmUp } from "../peers/engine.ts";
import type { Section } from "../section.ts";
import { delayMs } from "../stub/nginx-config.ts";
import { storeManifest } from "../world/manifest.ts";
import { prepareJob } from "../world/run-job.ts";
import { startWorkerProcess } from "../world/worker-process.ts";

/** What one executor may have in flight: little enough that two and the stub fit on two cores. */
const inFlightEach = 128;
const secondsAtTheBound = 12;

/** One executor against two, with twice as much to do in flight. */
export const parallel: Section = {
  name: "parallel",
  title: "Two executors against one",
  async run(world, options, say) {
    if (world.stub.delayed === null) throw new Error("nginx has no echo module, which is what waits: install Debian's libnginx-mod-http-echo.");
    const runs: [EngineRun[], EngineRun[]] = [[], []];
    for (let round = 1; round <= Math.min(options.rounds, 3); round += 1) {
      for (const executors of [1, 2] as const) {
        const inFlight = inFlightEach * executors;
        const manifest = await storeManifest(world, Math.ceil((inFlight / (delayMs / 1000)) * secondsAtTheBound * options.scale));
        await world.limitInFlight("delayed", inFlight);
        const worker = await startWorkerProcess(executors);
        try {
          await warmUp(world, worker, "delayed");
          const jobId = await prepareJob(world, { manifest, operation: "tagging", endpoint: "delayed" });
          const run = await runEngine(world, worker, { jobId, tasks: manifest.rows });
          runs[executors - 1]?.push(run);
          say(`  ${round} ${executors} executor(s): ${whole(steadyRate(run))} tasks/s`);
        } finally {
          await worker.stop();
        }
      }
    }
    const rate = runs.map((some) => median(some.map(steadyRate)));
    const micros = runs.map((some) => median(some.map(({ cpuSeconds, tasks }) => (cpuSeconds / tasks) * 1e6)));
    const [rateOfOne = 0, rateOfTwo = 0] = rate;
    const [microsOfOne = 0, microsOfTwo = 0] = micros;
    return {
      columns: ["executors", "in flight", "tasks/s, steady", "CPU a task"],
      rows: [1, 2].map((count, at) => [String(count), String(inFlightEach * count), whole(rate[at] ?? 0), `${fixed(micros[at] ?? 0)} µs`]),
      goals: [{ goal: "Two executors at least 1.8 times one", measured: times(rateOfTwo / rateOfOne), met: rateOfTwo / rateOfOne >= 1.8 }],
      notes: [
        `With ${delayMs} ms latency, so that ${cores} cores carry two executors and the stub. A task costs ${times(microsOfTwo / microsOfOne)} the CPU with two: where every executor has a core for itself and the store is no bottleneck, that leaves ${times((2 * microsOfOne) / microsOfTwo)}.`,
      ],
      raw: { rate, micros, runs },
    };
  },
};
