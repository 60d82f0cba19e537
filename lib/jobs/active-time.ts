import type { Job } from "../db/generated/client.ts";

/** Seconds that a job has been Active, up to `now`. */
export const activeSecondsOf = (job: Pick<Job, "activeSeconds" | "activeSince">, now: Date): number =>
  job.activeSeconds + (job.activeSince === null ? 0 : Math.max(0, now.getTime() - job.activeSince.getTime()) / 1000);
