import { messageOf } from "#lib/errors.ts";
import { writeTail } from "#lib/jobs/job-tail.ts";
import { recordSamples } from "#lib/jobs/record-samples.ts";
import type { EngineContext } from "./engine-context.ts";
import type { ChunkUnderWay } from "./execute-chunk.ts";
import { createJobSampler } from "./sample-jobs.ts";
import type { Tail } from "./tail.ts";

/**
 * Tells what people like to see of an executor's jobs and nobody counts on: how fast they run, and some of their tasks. It goes
 * its own way beside the renewal of leases, which must not wait for it.
 */
export interface Teller {
  /** A chunk is not under way any more: what it counted since it was last looked at is not to be missed. */
  ended(chunk: ChunkUnderWay): void;
  /** Ends it, once all is told. */
  close(): Promise<void>;
}

const lookMs = 100;
const tellMs = 1_000;
/** While chunks are under way. Once none is, the rest is recorded at once. */
const recordMs = 5_000;

/** @param tails of the executor's jobs */
export function createTeller(ctx: EngineContext, executorId: string, underWay: ReadonlyMap<string, ChunkUnderWay>, tails: () => Map<string, Tail>): Teller {
  const sampler = createJobSampler(Date.now);
  let recordedAt = Date.now();
  let telling: Promise<void> | null = null;

  const sampled = ({ lease, live, session }: ChunkUnderWay) => ({ jobId: lease.jobId, live, traffic: session.lane.jobCap });
  const looking = setInterval(() => sampler.look([...underWay.values()].map(sampled), true), lookMs);

  const record = async () => {
    const samples = sampler.take();
    recordedAt = Date.now();
    try {
      await recordSamples(ctx.db, samples);
    } catch (error) {
      // Later, then: a chart has time.
      sampler.giveBack(samples);
      throw error;
    }
  };
  const tellAll = async () => {
    if (underWay.size === 0 || Date.now() - recordedAt >= recordMs) await record();
    for (const [jobId, tail] of tails()) {
      const news = tail.news();
      if (news !== null) await writeTail(ctx.db, jobId, executorId, news);
    }
  };
  const tell = (): Promise<void> => {
    telling ??= tellAll()
      .catch((error: unknown) => ctx.log.debug({ error: messageOf(error) }, "could not tell how jobs run; trying again"))
      .then(() => {
        telling = null;
      });
    return telling;
  };
  const tells = setInterval(() => void tell(), tellMs);

  return {
    ended: (chunk) => sampler.look([sampled(chunk)], false),
    async close() {
      clearInterval(looking);
      clearInterval(tells);
      sampler.look([...underWay.values()].map(sampled), true);
      await telling;
      await record().catch((error: unknown) => ctx.log.debug({ error: messageOf(error) }, "could not tell how jobs ran"));
    },
  };
}
