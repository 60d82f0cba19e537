import { setTimeout as sleep } from "node:timers/promises";
import { seedObjects } from "../../sandbox/seed.ts";
import { checkJob } from "./check-job.ts";
import { findLitter } from "./check-litter.ts";
import { type ChaosEvent, oneOf } from "./events.ts";
import { type ChaosJob, type ChaosRow, chaosRows, createChaosJob, runToEnd } from "./jobs.ts";
import { seededRandom } from "./random.ts";
import type { World } from "./world.ts";

export interface Trial {
  seed: number;
  /** Rows of the job; a second one, of higher priority, has a tenth of them. */
  tasks: number;
  /** Picked from at random, or one after the other. */
  events: readonly ChaosEvent[];
  inOrder?: boolean;
  /** Milliseconds from the start of one event to that of the next. */
  gap: { least: number; most: number };
  maxEvents: number;
  /** Milliseconds for a job. */
  limitMs: number;
}

export interface Survival {
  /** What does not hold; nothing when all does. */
  wrong: string[];
  happened: string[];
  ms: number;
}

/** How long dead workers and slept-through leases may take to be forgotten once the jobs have ended. */
const litterMs = 45_000;
const rivalAfterMs = 1_500;

const rowsOf = ({ tasks }: Trial): { main: ChaosRow[]; rival: ChaosRow[] } => ({
  main: chaosRows("object", tasks),
  rival: chaosRows("rival", Math.ceil(tasks / 10)),
});

/** The objects that a trial works on; trials of one size share them. */
export async function layOut(world: World, trial: Trial): Promise<void> {
  const { main, rival } = rowsOf(trial);
  for (const bucket of ["data", "forbidden"])
    await seedObjects(
      world.sandbox.store,
      bucket,
      [...main, ...rival].filter((row) => row.bucket === bucket && row.fails !== "NoSuchKey").map((row) => row.key),
    );
}

/** Two jobs that must end right while everything they stand on is killed, stopped and cut; several events go on at once. */
export async function survive(world: World, trial: Trial): Promise<Survival> {
  const start = Date.now();
  const random = seededRandom(trial.seed);
  const { main, rival } = rowsOf(trial);
  const jobs: ChaosJob[] = [];
  const run = async (rows: ChaosRow[], priority: number) => {
    const job = await createChaosJob(world, rows, trial.seed, priority);
    jobs.push(job);
    await runToEnd(world.ctx, job.jobId, trial.limitMs);
  };
  let over = false;
  const ended = Promise.all([run(main, 10), sleep(rivalAfterMs).then(() => run(rival, 20))]).finally(() => {
    over = true;
  });
  ended.catch(() => undefined);
  const happened: string[] = [];
  const happening: Promise<void>[] = [];
  while (!over && happened.length < trial.maxEvents) {
    await sleep(trial.gap.least + random() * (trial.gap.most - trial.gap.least));
    const event = trial.inOrder ? trial.events[happened.length % trial.events.length] : oneOf(trial.events, random);
    if (over || !event) break;
    happened.push(`${((Date.now() - start) / 1000).toFixed(1)} ${event.name}`);
    const happens = event.happen({ world, jobs: jobs.map((job) => job.jobId), random });
    // One that fails is told at the end.
    happens.catch(() => undefined);
    happening.push(happens);
  }
  const wrong: string[] = [];
  await ended.catch((error: unknown) => wrong.push(error instanceof Error ? error.message : String(error)));
  const outcomes = await Promise.allSettled(happening);
  for (const outcome of outcomes) if (outcome.status === "rejected") wrong.push(`an event failed: ${outcome.reason}`);
  world.sandbox.faults.clear();
  for (const job of jobs) wrong.push(...(await checkJob(world, job)));
  wrong.push(...(await litterThatStays(world, jobs)));
  return { wrong, happened, ms: Date.now() - start };
}

async function litterThatStays(world: World, jobs: ChaosJob[]): Promise<string[]> {
  const deadline = Date.now() + litterMs;
  for (;;) {
    const litter = await findLitter(
      world,
      jobs.map((job) => job.jobId),
    );
    if (litter.length === 0 || Date.now() > deadline) return litter;
    await sleep(1_000);
  }
}
