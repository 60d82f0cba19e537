import { setTimeout as sleep } from "node:timers/promises";
import { peakRssBytes, rssBytes } from "../measure/proc.ts";
import { fixed, megabytes, whole } from "../measure/words.ts";
import { runEngine, warmUp } from "../peers/engine.ts";
import type { Section } from "../section.ts";
import { storeManifest } from "../world/manifest.ts";
import { prepareJob } from "../world/run-job.ts";
import type { World } from "../world/start-world.ts";
import { startWorkerProcess } from "../world/worker-process.ts";

const rows = 20_000_000;
const sampleMs = 1_000;
const pollMs = 1_000;
/** Parts of a phase that memory is told for. */
const quarters = 4;

/** A job of the size that people plan migrations by, from its manifest to its report. */
export const hugeJob: Section = {
  name: "huge",
  title: `A job of ${whole(rows)} tasks`,
  onlyWhenNamed: true,
  async run(world, options, say) {
    const tasks = Math.ceil(rows * options.scale);
    const manifest = await storeManifest(world, tasks);
    await world.limitInFlight("instant", 64);
    const worker = await startWorkerProcess(1);
    try {
      await warmUp(world, worker, "instant");
      const executor = worker.executorPids[0] ?? 0;
      const before = await databaseOf(world);
      say("  preparing");
      const preparing = await sampled(worker.mainPid, async () => prepareJob(world, { manifest, operation: "tagging", endpoint: "instant" }));
      const prepared = await databaseOf(world);
      say(`  prepared in ${fixed(preparing.seconds)} s; running`);
      const running = await sampled(executor, () => runEngine(world, worker, { jobId: preparing.result, tasks }, pollMs));
      const run = running.result;
      const ended = await databaseOf(world);
      const job = await world.ctx.db.job.findUniqueOrThrow({ where: { id: preparing.result } });
      const joining = run.wholeSeconds - (run.arrivals.find(([, requests]) => requests >= tasks)?.[0] ?? run.wholeSeconds);
      const size = ended.bytes - before.bytes;
      const added = ended.transactions - prepared.transactions;
      const mains = megabytes(peakRssBytes(worker.mainPid));
      return {
        columns: ["", "figure"],
        rows: [
          ["manifest", `${whole(tasks)} rows`],
          ["prepared in", `${fixed(preparing.seconds)} s, ${whole(tasks / preparing.seconds)} rows/s`],
          ["the preparer's memory, quarter by quarter", preparing.rss.map(megabytes).join(", ")],
          ["run in", `${whole(run.seconds)} s, ${whole(tasks / run.seconds)} tasks/s by one executor`],
          ["CPU a task", `${fixed((run.cpuSeconds / tasks) * 1e6)} µs`],
          ["the executor's memory, quarter by quarter", running.rss.map(megabytes).join(", ")],
          ["report joined in", `${fixed(joining)} s; the main process had ${mains} at most`],
          ["chunks", whole(job.chunksTotal)],
          ["transactions while it ran", `${whole(added)}, ${whole((added / tasks) * 1e6)} per million tasks, all that a worker does besides included`],
          ["the database grew by", megabytes(size)],
        ],
        goals: [
          {
            goal: `${whole(tasks)} rows prepare, run and report with flat memory`,
            measured: `preparer ${preparing.rss.map(megabytes).join(", ")}; executor ${running.rss.map(megabytes).join(", ")}`,
            met: [preparing.rss, running.rss].every(isFlat),
          },
        ],
        notes: [],
        raw: { preparing, running: { ...running, result: { ...run, arrivals: thinned(run.arrivals) } }, chunks: job.chunksTotal, before, prepared, ended },
      };
    } finally {
      await worker.stop();
    }
  },
};

/** One in a hundred: every ten seconds is enough to see how even the rate was. */
const thinned = <T>(samples: readonly T[]): T[] => samples.filter((_, at) => at % 100 === 0);

/** Whether the second half took no more than the first, in which a process warms up: what a larger job would take more of would show. */
const isFlat = (rss: readonly number[]): boolean => Math.max(...rss.slice(rss.length / 2)) <= 1.1 * Math.max(...rss.slice(0, rss.length / 2));

/** What `work` returns, how long it took, and the most memory that a process had in each quarter of that time. */
async function sampled<T>(pid: number, work: () => Promise<T>): Promise<{ result: T; seconds: number; rss: number[] }> {
  const samples: number[] = [];
  const sampler = setInterval(() => samples.push(rssBytes(pid)), sampleMs);
  const started = performance.now();
  try {
    const result = await work();
    const seconds = (performance.now() - started) / 1000;
    const size = Math.max(1, Math.ceil(samples.length / quarters));
    return { result, seconds, rss: Array.from({ length: quarters }, (_, at) => Math.max(0, ...samples.slice(at * size, (at + 1) * size))) };
  } finally {
    clearInterval(sampler);
  }
}

async function databaseOf({ ctx: { db } }: World): Promise<{ bytes: number; transactions: number }> {
  // Sessions tell what they did within a second of being idle.
  await sleep(1_500);
  const [figures] = await db.$queryRaw<{ bytes: bigint; transactions: bigint }[]>`
    SELECT pg_database_size(current_database()) AS bytes, xact_commit + xact_rollback AS transactions
    FROM pg_stat_database WHERE datname = current_database()`;
  return { bytes: Number(figures?.bytes ?? 0), transactions: Number(figures?.transactions ?? 0) };
}
