import type { CreateJobInput } from "#lib/jobs/job-schema.ts";
import type { JobDetails } from "#lib/jobs/job-views.ts";

/** The request that makes a job like this one, bound to the same content of the manifest. */
export const requestOf = (job: JobDetails, token: string): CreateJobInput => ({
  ...job.definition,
  Priority: job.priority,
  ClientRequestToken: token,
  ...(job.description !== "" && { Description: job.description }),
  ...(job.tags.length > 0 && { Tags: [...job.tags] }),
  ConfirmationRequired: job.confirmationRequired,
});
