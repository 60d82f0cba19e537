import { useEffect, useRef } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { toast } from "./ui/toast.ts";

/** The toast that says that a job runs now, and offers to pause it. */
export const runsToast = (jobId: string): string => `runs-${jobId}`;

/** Takes it away when the job stops to run under it: there is nothing to pause any more. */
export function useEndOfRunsToast(job: Pick<JobDetails, "id" | "actions"> | undefined): void {
  const pausable = job?.actions.pause;
  const before = useRef(pausable);
  useEffect(() => {
    if (job && before.current === true && !pausable) void toast.dismiss(runsToast(job.id));
    before.current = pausable;
  }, [job, pausable]);
}
