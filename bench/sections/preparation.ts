import { median } from "../measure/median.ts";
import { cpuSeconds, peakRssBytes } from "../measure/proc.ts";
import { fixed, megabytes, whole } from "../measure/words.ts";
import type { Options, Section } from "../section.ts";
import { type StoredManifest, storeManifest } from "../world/manifest.ts";
import { manifestRow } from "../world/object-keys.ts";
import { prepareJob } from "../world/run-job.ts";
import type { World } from "../world/start-world.ts";
import { startWorkerProcess } from "../world/worker-process.ts";

const rows = 2_000_000;
const kinds = [
  { name: "plain CSV", gzip: false, goal: 3_000_000 },
  { name: "CSV in gzip", gzip: true, goal: 2_000_000 },
];

interface Prepared {
  rowsPerSecond: number;
  rowsPerCpuSecond: number;
  peakRssBytes: number;
}

/** Every row of a manifest read and checked, by the real preparer on one core; nothing is confirmed. */
export const preparation: Section = {
  name: "prepare",
  title: "Preparation",
  async run(world, options, say) {
    const found = [];
    for (const { name, gzip, goal } of kinds) {
      const manifest = await storeManifest(world, Math.ceil(rows * options.scale), { gzip });
      const answer = await prepareInRounds(world, manifest, options, (words) => say(`  ${name}: ${words}`)).catch((error: Error) => error.message);
      if (typeof answer === "string") say(`  ${name}: ${answer}`);
      found.push({ name, goal, answer });
    }
    return {
      columns: ["manifest", "rows/s", "rows per second of CPU", "peak RSS"],
      rows: found.map(({ name, answer }) =>
        typeof answer === "string"
          ? [name, answer, "", ""]
          : [name, whole(answer.rowsPerSecond), whole(answer.rowsPerCpuSecond), megabytes(answer.peakRssBytes)],
      ),
      goals: found.map(({ name, goal, answer }) => ({
        goal: `Preparation: ${name} at no less than ${whole(goal)} rows/s on one core`,
        measured:
          typeof answer === "string"
            ? "not measured here"
            : `${whole(answer.rowsPerCpuSecond)} rows per second of CPU, ${whole(answer.rowsPerSecond)} by the clock`,
        met: typeof answer === "string" ? null : answer.rowsPerCpuSecond >= goal,
      })),
      notes: [
        `${whole(rows * options.scale)} rows of ${manifestRow(0).length} bytes. By the clock counts what the S3 server, nginx and the database take to answer, too: from the job's creation until it awaits confirmation.`,
      ],
      raw: found,
    };
  },
};

/** The first round warms the worker up; it is not counted. */
async function prepareInRounds(world: World, manifest: StoredManifest, { rounds }: Options, say: (words: string) => void): Promise<Prepared> {
  const worker = await startWorkerProcess(1);
  const ran: { seconds: number; cpu: number }[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const cpu = cpuSeconds(worker.mainPid);
      const started = performance.now();
      await prepareJob(world, { manifest, operation: "tagging", endpoint: "instant" });
      const measured = { seconds: (performance.now() - started) / 1000, cpu: cpuSeconds(worker.mainPid) - cpu };
      say(`${whole(manifest.rows / measured.seconds)} rows/s, ${fixed(measured.cpu)} s of CPU`);
      if (round > 0) ran.push(measured);
    }
    return {
      rowsPerSecond: manifest.rows / median(ran.map(({ seconds }) => seconds)),
      rowsPerCpuSecond: manifest.rows / median(ran.map((run) => run.cpu)),
      peakRssBytes: peakRssBytes(worker.mainPid),
    };
  } finally {
    await worker.stop();
  }
}
