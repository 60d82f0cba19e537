import { setTimeout as sleep } from "node:timers/promises";
import type { World } from "./world.ts";

/** Something that goes wrong; it ends by itself. */
export type ChaosEvent = { name: string; happen: (world: World, random: () => number) => Promise<void> };

const oneOf = <T>(list: readonly T[], random: () => number): T | undefined => list[Math.floor(random() * list.length)];
const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It had died already.
  }
};

const faultFor = async (world: World, ms: number, fault: Parameters<World["sandbox"]["faults"]["add"]>[0]): Promise<void> => {
  const remove = world.sandbox.faults.add(fault);
  await sleep(ms);
  remove();
};

/** Longer than a lease and than a worker's silence. */
const stopMs = 14_000;

export const chaosEvents: readonly ChaosEvent[] = [
  {
    name: "kill -9 of a worker",
    happen: async (world, random) => {
      oneOf(world.workers, random)?.kill("SIGKILL");
      await world.startWorker();
    },
  },
  {
    name: "kill -9 of an executor",
    happen: async (world, random) => {
      const worker = oneOf(world.workers, random);
      const pid = worker && oneOf(world.executorsOf(worker), random);
      if (pid) signal(pid, "SIGKILL");
    },
  },
  {
    name: "an executor sleeps past its leases",
    happen: async (world, random) => {
      const worker = oneOf(world.workers, random);
      const pid = worker && oneOf(world.executorsOf(worker), random);
      if (!pid) return;
      signal(pid, "SIGSTOP");
      await sleep(stopMs);
      signal(pid, "SIGCONT");
    },
  },
  {
    name: "a whole worker sleeps past its leases",
    happen: async (world, random) => {
      const worker = oneOf(world.workers, random);
      if (!worker?.pid) return;
      const pids = [worker.pid, ...world.executorsOf(worker)];
      for (const pid of pids) signal(pid, "SIGSTOP");
      await sleep(stopMs);
      for (const pid of pids) signal(pid, "SIGCONT");
    },
  },
  {
    name: "a worker is told to stop",
    happen: async (world, random) => {
      oneOf(world.workers, random)?.kill("SIGTERM");
      await world.startWorker();
    },
  },
  { name: "kill -9 of PostgreSQL", happen: (world) => world.crashPostgres() },
  { name: "S3 says SlowDown", happen: (world) => faultFor(world, 2_000, { answer: "SlowDown", share: 0.7 }) },
  { name: "S3 is slow", happen: (world) => faultFor(world, 3_000, { delay: 300, share: 0.3 }) },
  { name: "S3 cuts connections", happen: (world) => faultFor(world, 2_000, { answer: "drop", share: 0.5 }) },
  { name: "S3 does the work and cuts the answer", happen: (world) => faultFor(world, 2_000, { answer: "drop-reply", share: 0.5 }) },
  { name: "the report bucket refuses writes", happen: (world) => faultFor(world, 5_000, { bucket: "reports", answer: "InternalError" }) },
  { name: "the work area refuses writes", happen: (world) => faultFor(world, 4_000, { bucket: "work", answer: "InternalError" }) },
];

export const pickEvent = (random: () => number): ChaosEvent => oneOf(chaosEvents, random) as ChaosEvent;
