/** How far back the rate looks. */
const windowMs = 10_000;

interface Sample {
  at: number;
  done: number;
}

/**
 * Tasks a second over the last seconds, from the counts that callers happen to see.
 * One process's memory: a job that nobody looks at is forgotten.
 */
export function createRateMeter(): (jobId: string, done: number, at: number) => number | null {
  const seen = new Map<string, Sample[]>();

  return (jobId, done, at) => {
    const samples = (seen.get(jobId) ?? []).filter((sample) => at - sample.at <= windowMs && sample.done <= done);
    samples.push({ at, done });
    seen.delete(jobId);
    seen.set(jobId, samples);
    if (seen.size > 1_000) seen.delete(seen.keys().next().value as string);
    const first = samples[0] as Sample;
    return at - first.at < 1_000 ? null : ((done - first.done) * 1_000) / (at - first.at);
  };
}
