import type { JobStatus, NotificationEvent } from "../db/generated/enums.ts";

const byStatus: Partial<Record<JobStatus, NotificationEvent>> = {
  Suspended: "awaiting",
  Complete: "finished",
  Cancelled: "finished",
  Failed: "failed",
};

/** What is told when a job comes to a status; null where nobody waits for that. */
export const eventOf = (status: JobStatus): NotificationEvent | null => byStatus[status] ?? null;
