import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "./safe-text.tsx";

/** A job's description is its name; without one, its operation is. */
/** For breadcrumbs: one line, however long the description. */
export const JobCrumb = ({ job }: { job: Pick<JobDetails, "description" | "operationTitle"> }) => (
  <span className="block max-w-56 truncate sm:max-w-md">
    <JobTitle job={job} />
  </span>
);

export const JobTitle = ({ job }: { job: Pick<JobDetails, "description" | "operationTitle"> }) => <SafeText text={job.description || job.operationTitle} />;
