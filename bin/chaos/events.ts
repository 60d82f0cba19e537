import { setTimeout as sleep } from "node:timers/promises";
import { pauseJob } from "#lib/jobs/pause-job.ts";
import { resumeJob } from "#lib/jobs/resume-job.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";
import type { Fault } from "../../sandbox/start-sandbox.ts";
import { signal, type World } from "./world.ts";

/** Where an event happens, and to which jobs. */
export interface Stage {
  world: World;
  jobs: string[];
  random: () => number;
}

/** Something that goes wrong, or that a person does; it ends by itself. */
export interface ChaosEvent {
  name: string;
  happen(stage: Stage): Promise<void>;
}

export const oneOf = <T>(list: readonly T[], random: () => number): T | undefined => list[Math.floor(random() * list.length)];

const faultFor = (name: string, ms: number, ...faults: Fault[]): ChaosEvent => ({
  name,
  async happen({ world }) {
    const removals = faults.map((fault) => world.sandbox.faults.add(fault));
    await sleep(ms);
    for (const remove of removals) remove();
  },
});

/** Longer than a lease and than a worker's silence. */
const stopMs = 12_500;

async function stopFor(pids: number[]): Promise<void> {
  for (const pid of pids) signal(pid, "SIGSTOP");
  await sleep(stopMs);
  for (const pid of pids) signal(pid, "SIGCONT");
}

const executorOf = ({ world, random }: Stage): number => {
  const worker = oneOf(world.workers, random);
  return (worker && oneOf(world.executorsOf(worker), random)) ?? 0;
};

/** A verb's refusal, and a database that is away, are answers too. */
const attempt = (call: Promise<unknown>): Promise<unknown> => call.catch(() => undefined);

export const killWorker: ChaosEvent = {
  name: "kill -9 of a worker",
  async happen({ world, random }) {
    const worker = oneOf(world.workers, random);
    if (worker) world.killWorker(worker);
  },
};

export const crashPostgres: ChaosEvent = { name: "kill -9 of PostgreSQL", happen: ({ world }) => world.crashPostgres() };

export const killExecutor: ChaosEvent = {
  name: "kill -9 of an executor",
  async happen(stage) {
    signal(executorOf(stage), "SIGKILL");
  },
};

export const pauseAndResume: ChaosEvent = {
  name: "a person pauses and resumes",
  async happen({ world: { ctx }, jobs, random }) {
    const jobId = oneOf(jobs, random) ?? "";
    await attempt(pauseJob(ctx, { jobId }));
    await sleep(300 + random() * 2_500);
    await attempt(resumeJob(ctx, { jobId }));
  },
};

export const changePriority: ChaosEvent = {
  name: "a person changes a priority",
  async happen({ world: { ctx }, jobs, random }) {
    await attempt(updateJobPriority(ctx, { jobId: oneOf(jobs, random) ?? "", priority: Math.floor(random() * 30) }));
  },
};

export const cutConnections = faultFor("S3 cuts connections", 2_000, { answer: "drop", share: 0.5 });

const stopExecutor: ChaosEvent = { name: "an executor sleeps past its leases", happen: (stage) => stopFor([executorOf(stage)]) };

const stopWorker: ChaosEvent = {
  name: "a whole worker sleeps past its leases",
  async happen({ world, random }) {
    const worker = oneOf(world.workers, random);
    if (worker) await stopFor([worker.pid ?? 0, ...world.executorsOf(worker)]);
  },
};

export const drainWorker: ChaosEvent = {
  name: "a worker is told to stop",
  async happen({ world, random }) {
    const worker = oneOf(world.workers, random);
    if (worker) world.drainWorker(worker);
  },
};

const killConsole: ChaosEvent = {
  name: "the console is killed amid its calls",
  async happen({ world, jobs, random }) {
    const child = world.startConsole(jobs);
    await sleep(1_500 + random() * 2_000);
    child.kill("SIGKILL");
  },
};

export const chaosEvents: readonly ChaosEvent[] = [
  killWorker,
  killExecutor,
  stopExecutor,
  stopWorker,
  drainWorker,
  crashPostgres,
  killConsole,
  pauseAndResume,
  changePriority,
  faultFor("S3 says SlowDown", 2_000, { answer: "SlowDown", share: 0.7 }),
  faultFor("S3 is slow", 3_000, { delay: 300, share: 0.3 }),
  cutConnections,
  faultFor("S3 does the work and cuts the answer", 2_000, { answer: "drop-reply", share: 0.5 }),
  faultFor("S3 answers what is not HTTP", 1_000, { answer: "garbage", share: 0.02 }),
  faultFor("a portal answers in S3's place", 1_000, { operation: "PutObjectTagging", answer: "html", share: 0.02 }),
  faultFor("the report bucket refuses writes", 5_000, { bucket: "reports", answer: "InternalError" }),
  faultFor("the work area refuses writes", 3_000, { bucket: "work", answer: "InternalError" }),
];
