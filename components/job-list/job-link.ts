import type { JobListItem } from "#lib/jobs/job-views.ts";

/** A job that waits for a person leads straight to its review. */
export const jobHref = (job: Pick<JobListItem, "id" | "status">): string => (job.status === "Suspended" ? `/jobs/${job.id}/review` : `/jobs/${job.id}`);

/** Enough of an id to tell jobs apart at a glance; searching finds a job by its beginning. */
export const shortId = (id: string): string => id.slice(0, 8);
