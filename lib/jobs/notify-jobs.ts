import type { Tx } from "../db/client.ts";

/** Workers listen on this channel, and look at once at what there is to do; those that cannot listen look every so often. */
export const jobsChannel = "longshore_jobs";

/** Tells the workers, when the transaction is committed, that jobs have changed. */
export async function notifyJobs(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_notify(${jobsChannel}, '')`;
}
