import { afterAll, beforeAll, expect, it } from "vitest";
import { changePriority, crashPostgres, cutConnections, drainWorker, killExecutor, killWorker, pauseAndResume } from "./events.ts";
import { layOut, survive, type Trial } from "./survive.ts";
import { startWorld, type World } from "./world.ts";

/** `npm run chaos`, short: a PostgreSQL of its own, since it is killed. */
const trial: Trial = {
  seed: 20_260_102,
  tasks: 3_000,
  events: [killWorker, cutConnections, crashPostgres, pauseAndResume, killExecutor, changePriority, drainWorker],
  inOrder: true,
  gap: { least: 300, most: 900 },
  maxEvents: 7,
  limitMs: 120_000,
};
let world: World;
beforeAll(async () => {
  world = await startWorld();
  await layOut(world, trial);
  // What keeps the jobs from ending before everything has happened to them.
  world.sandbox.faults.add({ operation: "PutObjectTagging", delay: 100 });
  world.startWorker();
  world.startWorker();
}, 120_000);
afterAll(() => world.stop());

it("loses no task and counts none twice, whatever is killed", async () => {
  const { wrong, happened } = await survive(world, trial);
  expect(wrong).toEqual([]);
  expect(happened).toHaveLength(trial.maxEvents);
}, 240_000);
