import type { JobDetails } from "#lib/jobs/job-views.ts";
import { hasEnded } from "../job-status.ts";
import { SafeText } from "../safe-text.tsx";
import { Alert } from "../ui/alert.tsx";
import { Time } from "../ui/time.tsx";

/** What holds the job up: the newest thing that is known of it, until its tasks run again. */
export function DelayWarning({ job }: { job: Pick<JobDetails, "status" | "events" | "tasksPerSecond"> }) {
  const newest = job.events.at(-1);
  if (newest?.type !== "delay" || hasEnded(job.status) || (job.tasksPerSecond ?? 0) > 0) return null;
  return (
    <Alert tone="warning" title="The job is held up, and goes on by itself">
      {newest.detail && <SafeText text={newest.detail} max={600} />} Noted <Time value={newest.at} />.
    </Alert>
  );
}
