import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { StartError } from "../bin/errors.ts";
import { describeMachine } from "./machine.ts";
import { findCommand } from "./measure/find-command.ts";
import { pinRest } from "./measure/pin.ts";
import { markdown, type Results, readResults, writeResults } from "./results.ts";
import type { Section } from "./section.ts";
import { farAway } from "./sections/far-away.ts";
import { hugeJob } from "./sections/huge-job.ts";
import { largeJob } from "./sections/large-job.ts";
import { parallel } from "./sections/parallel.ts";
import { preparation } from "./sections/preparation.ts";
import { reaction } from "./sections/reaction.ts";
import { copy, layersOfATask, tagging } from "./sections/throughput.ts";
import { startWorld } from "./world/start-world.ts";

const sections: readonly Section[] = [tagging, copy, layersOfATask, farAway, parallel, largeJob, preparation, reaction, hugeJob];
const usage = `npm run bench -- [--only ${sections.map(({ name }) => name).join(",")}] [--full] [--rounds 5] [--try]
  --only    these sections; the others keep their figures (${sections.filter(({ onlyWhenNamed }) => onlyWhenNamed).map(({ name }) => name)}: only so)
  --full    with the run of 5,000,000 tasks
  --rounds  how often each comparison is made; the median counts
  --try     a tenth of the tasks in one round, to see whether all works; writes nothing`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    full: { type: "boolean", default: false },
    rounds: { type: "string", default: "5" },
    try: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const wanted = values.only?.split(",") ?? sections.filter(({ onlyWhenNamed }) => !onlyWhenNamed).map(({ name }) => name);
const unknown = wanted.filter((name) => !sections.some((section) => section.name === name));
if (values.help || unknown.length > 0 || !(Number(values.rounds) >= 1)) {
  console.log(usage);
  process.exit(values.help ? 0 : 1);
}
if (process.platform !== "linux") fail("The benchmark reads what processes take from Linux's /proc, and runs on Linux only.");
if (!findCommand("nginx")) fail("The benchmark needs nginx to stand for the store: install it (Debian: apt-get install nginx-light libnginx-mod-http-echo).");

const stopped = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopped.abort());
const options = { full: values.full, rounds: values.try ? 1 : Number(values.rounds), scale: values.try ? 0.1 : 1 };
const machine = describeMachine();
pinRest();
const world = await startWorld().catch((error: unknown) => fail(error instanceof StartError ? error.message : error));
const results: Results = {};
let broken = false;
try {
  for (const section of sections) {
    if (!wanted.includes(section.name) || stopped.signal.aborted) continue;
    console.log(section.title);
    try {
      const findings = await untilStopped(section.run(world, options, console.log));
      const measuredAt = new Date().toISOString();
      results[section.name] = { title: section.title, measuredAt, commit: commit(), full: values.full, machine, ...findings };
    } catch (error) {
      broken = true;
      console.error(`${section.title}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  }
} finally {
  await world.stop();
}
console.log(`\n${markdown(Object.values(results))}`);
if (!values.try) writeResults({ ...readResults(), ...results }, sections);
process.exit(broken || stopped.signal.aborted ? 1 : 0);

/** Ends the waiting, not the work: the world is stopped next. */
function untilStopped<T>(work: Promise<T>): Promise<T> {
  return Promise.race([
    work,
    new Promise<never>((_, reject) => stopped.signal.addEventListener("abort", () => reject(new Error("stopped before it was done")), { once: true })),
  ]);
}

/** Of the code that ran, with a plus when files differ from it. */
function commit(): string {
  const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8" }).stdout?.trim() ?? "";
  const changed = git("status", "--porcelain", "--untracked-files=no", "--", "lib", "worker", "bench/*.ts") !== "";
  return `${git("rev-parse", "--short", "HEAD") || "unknown"}${changed ? "+" : ""}`;
}

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}
