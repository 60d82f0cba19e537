import type { JobDetails } from "#lib/jobs/job-views.ts";
import { TimeEstimate } from "./time-estimate.tsx";

/** How long a prepared job is likely to take. */
export const TimeOfJob = ({ job }: { job: JobDetails }) => (
  <TimeEstimate
    connectionId={job.connection.id}
    operation={job.operation}
    dryRun={job.dryRun}
    objects={job.totalTasks}
    maxRequestsPerSecond={job.limits.maxRequestsPerSecond}
  />
);
