import { finestSeconds, startOf } from "#lib/jobs/job-samples.ts";
import type { TakenSample } from "#lib/jobs/record-samples.ts";

/** What a job's chunk has counted so far, and what its requests go by. */
export interface Sampled {
  jobId: string;
  live: { readonly succeeded: number; readonly failed: number };
  traffic: { readonly inFlight: number; readonly throttled: number };
}

/** Makes samples of counters that others keep: whoever runs tasks is not asked for anything. */
export interface JobSampler {
  /** Looks at the chunks under way; what was counted since the last look goes to the present stretch. @param all whether these are all there are */
  look(chunks: Iterable<Sampled>, all: boolean): void;
  /** What there is to record; it is recorded, unless it is given back. */
  take(): TakenSample[];
  giveBack(samples: readonly TakenSample[]): void;
}

/** Kept while they cannot be recorded: half an hour of one job. */
const maxKept = 400;

/** @param clock ms since 1970 */
export function createJobSampler(clock: () => number): JobSampler {
  /** By job and stretch, the oldest first. */
  let taken = new Map<string, TakenSample>();
  /** When each job that is under way was last looked at. */
  let lookedAt = new Map<string, number>();
  const counted = new WeakMap<Sampled["live"], { succeeded: number; failed: number }>();
  const heard = new WeakMap<Sampled["traffic"], number>();

  const keep = (sample: TakenSample) => {
    const name = `${sample.jobId} ${sample.at}`;
    const kept = taken.get(name);
    if (kept) {
      kept.firstAt = Math.min(kept.firstAt, sample.firstAt);
      kept.lastAt = Math.max(kept.lastAt, sample.lastAt);
      kept.succeeded += sample.succeeded;
      kept.failed += sample.failed;
      kept.throttled += sample.throttled;
      kept.inFlightMs += sample.inFlightMs;
      return;
    }
    taken.set(name, { ...sample });
    if (taken.size > maxKept) taken.delete(taken.keys().next().value as string);
  };

  return {
    look(chunks, all) {
      const now = clock();
      const at = startOf(now, finestSeconds);
      const seen = new Map<string, number>();
      for (const { jobId, live, traffic } of chunks) {
        // A stretch begins where the look that ends in it began, at the earliest: before, it belongs to the one before.
        const since = Math.min(now, Math.max(at, lookedAt.get(jobId) ?? now));
        const before = counted.get(live) ?? { succeeded: 0, failed: 0 };
        const throttled = traffic.throttled - (heard.get(traffic) ?? 0);
        // Two chunks of a job share their requests' places: the second finds nothing left to count of them.
        const elapsed = seen.has(jobId) ? 0 : now - (lookedAt.get(jobId) ?? now);
        keep({
          jobId,
          at,
          seconds: finestSeconds,
          firstAt: since,
          lastAt: now,
          succeeded: live.succeeded - before.succeeded,
          failed: live.failed - before.failed,
          throttled,
          inFlightMs: traffic.inFlight * elapsed,
        });
        counted.set(live, { succeeded: live.succeeded, failed: live.failed });
        heard.set(traffic, traffic.throttled);
        seen.set(jobId, now);
      }
      lookedAt = all ? seen : new Map([...lookedAt, ...seen]);
    },
    take() {
      const samples = [...taken.values()];
      taken = new Map();
      return samples;
    },
    giveBack(samples) {
      const newer = taken;
      taken = new Map();
      for (const sample of [...samples, ...newer.values()]) keep(sample);
    },
  };
}
