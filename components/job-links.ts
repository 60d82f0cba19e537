/** The wizard, filled in from a job. */
export const cloneHref = (jobId: string): string => `/jobs/new?clone=${encodeURIComponent(jobId)}`;

/** The wizard, filled in to do again what failed of a job. */
export const retryHref = (jobId: string): string => `/jobs/new?retry=${encodeURIComponent(jobId)}`;

/** The wizard, filled in from a job that awaits confirmation; what is made of it takes that job's place. */
export const replaceHref = (jobId: string): string => `/jobs/new?replace=${encodeURIComponent(jobId)}`;
