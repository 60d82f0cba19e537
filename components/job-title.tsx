import type { JobDetails } from "#lib/jobs/job-views.ts";
import { SafeText } from "./safe-text.tsx";

/** A job's description is its name; without one, its operation is. */
export const JobTitle = ({ job }: { job: Pick<JobDetails, "description" | "operationTitle"> }) => <SafeText text={job.description || job.operationTitle} />;
