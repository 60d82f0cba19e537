import { setTimeout as sleep } from "node:timers/promises";
import { cancelJob } from "#lib/jobs/cancel-job.ts";
import { pauseJob } from "#lib/jobs/pause-job.ts";
import { updateJobPriority } from "#lib/jobs/update-job-priority.ts";
import { median } from "../measure/median.ts";
import { type Arrival, followRequestLog } from "../measure/request-log.ts";
import { ms } from "../measure/words.ts";
import type { Section } from "../section.ts";
import { objectPrefix } from "../stub/nginx-config.ts";
import { type StoredManifest, storeManifest } from "../world/manifest.ts";
import { confirm, prepareJob } from "../world/run-job.ts";
import type { World } from "../world/start-world.ts";
import { startWorkerProcess } from "../world/worker-process.ts";

/** At 20 ms each, long enough for a job never to end by itself here. */
const inFlight = 64;
const rows = 500_000;
const runMs = 1_500;
/** A machine that has not reacted after this long is said to take longer. */
const watchMs = 6_000;

/** From a person's word until the store feels it. */
export const reaction: Section = {
  name: "reaction",
  title: "How fast the machine reacts",
  async run(world, options, say) {
    if (world.stub.logged === null) throw new Error("nginx has no echo module, which is what waits: install Debian's libnginx-mod-http-echo.");
    await world.limitInFlight("logged", inFlight);
    // Two jobs' tasks are told apart by their keys.
    const one = await storeManifest(world, rows);
    const other = await storeManifest(world, rows, { from: rows });
    const worker = await startWorkerProcess(1);
    const took = {
      cold: [] as number[],
      start: [] as number[],
      pause: [] as number[],
      cancel: [] as number[],
      priority: [] as number[],
      others: [] as number[],
    };
    try {
      const first = await startAndStop(world, one, (jobId) => cancelJob(world.ctx, { jobId }));
      took.cold.push(first.start);
      const rounds = Math.max(2, Math.ceil(options.rounds * 2 * Math.min(1, options.scale)));
      for (let round = 1; round <= rounds; round += 1) {
        const paused = await startAndStop(world, one, (jobId) => pauseJob(world.ctx, { jobId }));
        await cancelJob(world.ctx, { jobId: paused.jobId });
        const cancelled = await startAndStop(world, one, (jobId) => cancelJob(world.ctx, { jobId }));
        took.start.push(paused.start, cancelled.start);
        took.pause.push(paused.stop);
        took.cancel.push(cancelled.stop);
        const raised = await raise(world, one, other);
        took.priority.push(raised.first);
        took.others.push(raised.lastOfOther);
        say(`  ${round}/${rounds} start ${ms(paused.start)}, pause ${ms(paused.stop)}, cancel ${ms(cancelled.stop)}, priority ${ms(raised.first)}`);
      }
    } finally {
      await worker.stop();
    }
    const row = (what: string, seconds: number[]) => [what, ms(median(seconds)), ms(Math.max(...seconds)), String(seconds.length)];
    const goal = (what: string, limit: number, seconds: number[]) => ({
      goal: what,
      measured: `${ms(median(seconds))}, at most ${ms(Math.max(...seconds))}`,
      met: Math.max(...seconds) < limit,
    });
    return {
      columns: ["from … to …", "median", "maximum", "times"],
      rows: [
        row("confirmation → first task's request", took.start),
        row("the same, for the first job of a worker that has just started", took.cold),
        row("pause → last request", took.pause),
        row("cancel → last request", took.cancel),
        row("higher priority → first request of the job that has it", took.priority),
        row("higher priority → last request of the job that gives way", took.others),
      ],
      goals: [
        goal("From confirmation to the first task under 0.5 s", 0.5, [...took.start, ...took.cold]),
        goal("A pause acts within 2 s", 2, took.pause),
        goal("A cancel acts within 2 s", 2, took.cancel),
        goal("A raised priority acts within 2 s", 2, took.priority),
      ],
      notes: [`From the moment that the verb has returned. A figure of ${ms(watchMs / 1000)} stands for "not within the time that was watched".`],
      raw: took,
    };
  },
};

const secondsSince = (start: number, at: number | undefined): number => (at === undefined ? watchMs / 1000 : Math.max(0, at - start) / 1000);

/** Confirms a job, lets it run a while and stops it by `verb`. */
async function startAndStop(world: World, manifest: StoredManifest, verb: (jobId: string) => Promise<void>) {
  const jobId = await prepareJob(world, { manifest, operation: "tagging", endpoint: "logged" });
  const log = followRequestLog(world.stub.requestLog);
  log();
  await confirm(world, jobId);
  const confirmedAt = Date.now();
  await sleep(runMs);
  const first = objectsOf(log()).at(0)?.at;
  await verb(jobId);
  const stoppedAt = Date.now();
  return { jobId, start: secondsSince(confirmedAt, first), stop: secondsSince(stoppedAt, await lastArrival(log)) };
}

/** Lets one job run and another wait, and raises the other one above it. */
async function raise(world: World, manifest: StoredManifest, otherManifest: StoredManifest) {
  const running = await prepareJob(world, { manifest, operation: "tagging", endpoint: "logged", priority: 20 });
  const waiting = await prepareJob(world, { manifest: otherManifest, operation: "tagging", endpoint: "logged", priority: 10 });
  await confirm(world, running);
  await sleep(runMs);
  await confirm(world, waiting);
  await sleep(runMs);
  const log = followRequestLog(world.stub.requestLog);
  log();
  await updateJobPriority(world.ctx, { jobId: waiting, priority: 30 });
  const raisedAt = Date.now();
  await sleep(watchMs);
  const arrivals = objectsOf(log());
  const isOther = ({ path }: Arrival) => numberIn(path) >= otherStart;
  const lastOfRunning = arrivals.filter((arrival) => !isOther(arrival)).at(-1)?.at;
  for (const jobId of [running, waiting]) await cancelJob(world.ctx, { jobId });
  await sleep(runMs);
  return { first: secondsSince(raisedAt, arrivals.find(isOther)?.at), lastOfOther: secondsSince(raisedAt, lastOfRunning ?? raisedAt) };
}

const otherStart = rows;
const digits = /part-(\d+)/;
const numberIn = (path: string): number => Number(digits.exec(path)?.[1] ?? -1);
const objectsOf = (arrivals: Arrival[]): Arrival[] => arrivals.filter(({ path }) => path.includes(`/${objectPrefix}`)).sort((a, b) => a.at - b.at);

/** @returns when the last request came before a second without any; undefined when they do not end */
async function lastArrival(log: () => Arrival[]): Promise<number | undefined> {
  const started = Date.now();
  let last = started;
  while (Date.now() - started < watchMs) {
    await sleep(200);
    for (const { at } of objectsOf(log())) last = Math.max(last, at);
    if (Date.now() - last > 1_000) return last;
  }
  return undefined;
}
