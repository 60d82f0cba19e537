import type { JobDetails } from "#lib/jobs/job-views.ts";
import { hasEnded } from "./job-status.ts";
import { Alert } from "./ui/alert.tsx";
import { Code } from "./ui/code.tsx";

/** Says so where a job waits for a worker and there is none. */
export function NoWorker({ job }: { job: Pick<JobDetails, "status" | "workersAlive" | "pausedByPerson"> }) {
  const waits = job.status === "Suspended" || (job.status === "Paused" && job.pausedByPerson);
  if (job.workersAlive > 0 || hasEnded(job.status) || waits) return null;
  return (
    <Alert tone="warning" title="No worker is running">
      Nothing happens to this job until one does; nothing is lost meanwhile. Start one with <Code>npm run worker</Code> on this machine or on any that reaches
      the same database.
    </Alert>
  );
}
