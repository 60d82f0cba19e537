import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { fixed, megabytes, percent, whole } from "../measure/words.ts";
import { type EngineRun, runEngine } from "../peers/engine.ts";
import type { Options, Section } from "../section.ts";
import { storeManifest } from "../world/manifest.ts";
import { prepareJob } from "../world/run-job.ts";
import type { World } from "../world/start-world.ts";
import { startWorkerProcess } from "../world/worker-process.ts";

const small = 100_000;
const large = ({ full }: Options) => (full ? 5_000_000 : 1_000_000);
/** PostgreSQL's sessions tell what they did within a second of being idle. */
const statisticsMs = 1_500;
const idleMs = 5_000;
/** The benchmark's own questions to the database. */
const pollMs = 1_000;
const inFlight = 64;

/** Memory and database against the size of the job; each in a worker of its own, since a peak is never forgotten. */
export const largeJob: Section = {
  name: "size",
  title: "The size of the job: memory and database",
  async run(world, options, say) {
    const results = [];
    for (const tasks of [small, large(options)]) {
      const rows = Math.ceil(tasks * options.scale);
      const result = await runCounted(world, rows);
      say(`  ${whole(rows)} tasks: ${megabytes(result.run.peakRssBytes)}, ${whole(result.transactions)} transactions`);
      results.push(result);
    }
    const [few, many] = results;
    if (!few || !many) throw new Error("nothing was run");
    const growth = many.run.peakRssBytes / few.run.peakRssBytes - 1;
    const perMillion = (many.transactions / many.run.tasks) * 1e6;
    return {
      columns: ["tasks", "peak RSS of the executor", "CPU a task", "chunks", "transactions", "transactions per million tasks"],
      rows: results.map(({ run, transactions, chunks }) => [
        whole(run.tasks),
        megabytes(run.peakRssBytes),
        `${fixed((run.cpuSeconds / run.tasks) * 1e6)} µs`,
        whole(chunks),
        whole(transactions),
        whole((transactions / run.tasks) * 1e6),
      ]),
      goals: [
        {
          goal: `Peak RSS of an executor under 200 MB, and the same within 10% for ${whole(few.run.tasks)} and ${whole(many.run.tasks)} tasks`,
          measured: `${megabytes(few.run.peakRssBytes)} and ${megabytes(many.run.peakRssBytes)} (${growth < 0 ? "−" : "+"}${percent(Math.abs(growth))})`,
          met: Math.abs(growth) <= 0.1 && many.run.peakRssBytes < 200e6,
        },
        { goal: "No more than a few hundred transactions per million tasks", measured: whole(perMillion), met: perMillion <= 500 },
      ],
      notes: [
        "Transactions are those that the job adds, from its confirmation to its end: an idle worker's in as many seconds are taken off.",
        ...(options.full ? [] : ["5,000,000 tasks are run by `npm run bench -- --full`."]),
      ],
      raw: results,
    };
  },
};

interface Counted {
  run: EngineRun;
  chunks: number;
  transactions: number;
}

async function runCounted(world: World, rows: number): Promise<Counted> {
  const database = new pg.Client({ connectionString: world.databaseUrl });
  await database.connect();
  const transactions = async () => {
    await sleep(statisticsMs);
    const answer = await database.query<{ count: string }>(
      "SELECT xact_commit + xact_rollback AS count FROM pg_stat_database WHERE datname = current_database()",
    );
    return Number(answer.rows[0]?.count);
  };
  const manifest = await storeManifest(world, rows);
  await world.limitInFlight("instant", inFlight);
  const worker = await startWorkerProcess(1);
  try {
    const jobId = await prepareJob(world, { manifest, operation: "tagging", endpoint: "instant" });
    const idleBefore = await transactions();
    await sleep(idleMs);
    const before = await transactions();
    const idlePerSecond = (before - idleBefore) / ((idleMs + statisticsMs) / 1000);
    const run = await runEngine(world, worker, { jobId, tasks: rows }, pollMs);
    const added = (await transactions()) - before;
    const { chunksTotal } = await world.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
    const seconds = run.wholeSeconds + statisticsMs / 1000;
    const polls = run.wholeSeconds / (pollMs / 1000);
    return { run, chunks: chunksTotal, transactions: Math.max(0, added - idlePerSecond * seconds - polls) };
  } finally {
    await worker.stop();
    await database.end();
  }
}
