import type { PgBoss } from "pg-boss";

/** pg-boss queues. Leases of chunks have one queue per job, so that a job's waiting work can be dropped at once. */
export const prepareQueue = "prepare";
export const reportQueue = "report";
export const preflightQueue = "preflight";
export const duplicatesQueue = "duplicates";
/** Of connections, not of jobs: {connectionId, runId}. */
export const probeQueue = "probe";
export const chunkQueue = (jobId: string): string => `chunks-${jobId}`;

/** A lease is lost when its holder is silent for this long; pg-boss allows no less. */
export const leaseSeconds = 10;

const year = 365 * 24 * 3600;
/** A lease that ends without a result is tried again for as long as the job lives: the engine decides when to stop, not the queue. */
const lease = { heartbeatSeconds: leaseSeconds, retryLimit: 1_000_000, expireInSeconds: 24 * 3600 - 1, retentionSeconds: year };

export async function createStepQueues(boss: PgBoss): Promise<void> {
  for (const name of [prepareQueue, reportQueue, preflightQueue, duplicatesQueue, probeQueue]) {
    await boss.createQueue(name, { ...lease, retryDelay: 1, retryBackoff: true, retryDelayMax: 60, deleteAfterSeconds: 3600 });
  }
}

/** Completed leases are kept until the queue is deleted with the job's end. */
export const createChunkQueue = (boss: PgBoss, jobId: string): Promise<void> => boss.createQueue(chunkQueue(jobId), { ...lease, deleteAfterSeconds: 3600 });

/**
 * Whether a settled or renewed lease was still its holder's: the fence of every write.
 * pg-boss documents `affected` and returns it, but its published types leave it out.
 */
export function wasHeld(response: object): boolean {
  const { affected } = response as { affected?: unknown };
  if (typeof affected !== "number") throw new Error("pg-boss did not say whether the lease was held");
  return affected > 0;
}
