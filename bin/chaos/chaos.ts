import { parseArgs } from "node:util";
import { chaosEvents } from "./events.ts";
import { layOut, survive, type Trial } from "./survive.ts";
import { startWorld } from "./world.ts";

/**
 * Jobs that must end right while everything they stand on is killed, stopped and cut at random by a seed.
 * The same seed brings the same events, though not at the same instruction.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1" },
    tasks: { type: "string", default: "100000" },
    workers: { type: "string", default: "3" },
    minutes: { type: "string", default: "10" },
  },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => first + index);
const trialOf = (seed: number): Trial => ({
  seed,
  tasks: Number(values.tasks),
  events: chaosEvents,
  gap: { least: 200, most: 2_500 },
  maxEvents: 60,
  limitMs: Number(values.minutes) * 60_000,
});

const start = Date.now();
const counts = new Map<string, number>();
const broken: number[] = [];
const world = await startWorld();
// What it started is in process groups of its own, and would go on.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void world.stop().finally(() => process.exit(130)));
try {
  await layOut(world, trialOf(first));
  for (let worker = 0; worker < Number(values.workers); worker += 1) world.startWorker();
  for (const seed of seeds) {
    console.log(`seed ${seed}`);
    const { wrong, happened, ms } = await survive(world, trialOf(seed)).catch((error: unknown) => ({
      wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      happened: [],
      ms: 0,
    }));
    for (const event of happened) counts.set(event.replace(/^\S+ /, ""), (counts.get(event.replace(/^\S+ /, "")) ?? 0) + 1);
    const seconds = (ms / 1000).toFixed(0);
    if (wrong.length === 0) console.log(`  survived ${happened.length} events in ${seconds} s`);
    else {
      broken.push(seed);
      console.log(`  BROKEN after ${seconds} s\n    ${wrong.slice(0, 20).join("\n    ")}\n  events, by seconds:\n    ${happened.join("\n    ")}`);
    }
  }
} finally {
  await world.stop();
}
const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
console.log(
  `\n${seeds.length - broken.length} of ${seeds.length} seeds survived, ${Number(values.tasks).toLocaleString("en")} tasks each and a tenth of that beside`,
);
console.log(`${total} events in ${((Date.now() - start) / 60_000).toFixed(1)} minutes; workers that ended though nobody killed them: ${world.ownDeaths()}`);
for (const [name, count] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`  ${String(count).padStart(5)}  ${name}`);
if (broken.length > 0) console.log(`broken: ${broken.map((seed) => `--seed ${seed}`).join(", ")}`);
process.exit(broken.length === 0 ? 0 : 1);
