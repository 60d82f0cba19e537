import { median } from "../measure/median.ts";
import type { Measured, Peer } from "../peers/peer.ts";
import type { Options } from "../section.ts";
import type { BenchedOperation } from "../world/run-job.ts";
import type { World } from "../world/start-world.ts";

export interface Compared {
  name: string;
  note?: string;
  /** Why it did not take part; the figures are 0 then. */
  missing: string | null;
  /** Medians over the rounds. */
  cpuMicros: number;
  tasksPerSecond: number;
  /** Its CPU per task as a multiple of the first one's in the same round. */
  ratio: number;
  peakRssBytes: number;
  requestsPerTask: number;
  rounds: (Measured & { requests: number })[];
}

interface Comparison {
  operation: BenchedOperation;
  endpoint: string;
  tasks: number;
  inFlight: number;
}

/** Lets all do the same work, one after the other and again in each round, so that a noisy moment hits no single one. */
export async function compare(
  world: World,
  peers: readonly Peer[],
  { operation, endpoint, tasks, inFlight }: Comparison,
  { rounds }: Pick<Options, "rounds">,
  say: (words: string) => void,
): Promise<Compared[]> {
  const taking = peers.filter((peer) => peer.operations.includes(operation));
  const all = taking.map((peer) => ({ peer, missing: peer.missing(), rounds: [] as Compared["rounds"] }));
  for (let round = 1; round <= rounds; round += 1) {
    for (const entry of all) {
      const { peer } = entry;
      if (entry.missing !== null) continue;
      const before = await world.stub.requests();
      try {
        const measured = await peer.run({ operation, endpoint, tasks: Math.ceil(tasks * peer.share), inFlight, dir: world.dir });
        entry.rounds.push({ ...measured, requests: (await world.stub.requests()) - before });
        say(`  ${round}/${rounds} ${peer.name}: ${microsOf(measured).toFixed(1)} µs, ${(measured.tasks / measured.seconds).toFixed(0)} tasks/s`);
      } catch (error) {
        const words = error instanceof Error ? error.message.trim() : String(error);
        entry.missing = `failed: ${words.split("\n").at(-1)?.slice(0, 200)}`;
        say(`  ${peer.name} failed: ${words}`);
      }
    }
  }
  const first = all[0]?.rounds ?? [];
  return all.map(({ peer, missing, rounds: ran }) => ({
    name: peer.name,
    ...(peer.note === undefined ? {} : { note: peer.note }),
    missing,
    cpuMicros: ran.length > 0 ? median(ran.map(microsOf)) : 0,
    tasksPerSecond: ran.length > 0 ? median(ran.map((run) => run.tasks / run.seconds)) : 0,
    ratio: ran.length > 0 && first.length > 0 ? median(ran.map((run, round) => microsOf(run) / microsOf(first[round] ?? run))) : 0,
    peakRssBytes: Math.max(0, ...ran.map((run) => run.peakRssBytes)),
    requestsPerTask: ran.length > 0 ? median(ran.map((run) => run.requests / run.tasks)) : 0,
    rounds: ran,
  }));
}

const microsOf = ({ cpuSeconds, tasks }: Measured): number => (cpuSeconds / tasks) * 1e6;
