import { useEffect } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { toast } from "./ui/toast.ts";

const nameOf = (jobId: string): string => `runs-${jobId}`;

/** When it was said of a job that it runs; ms since 1970. */
const saidAt = new Map<string, number>();

/** Says that a job runs now, and offers to pause it. */
export function sayThatItRuns(jobId: string, title: string, { description, onPause }: { description: string; onPause: () => void }): void {
  saidAt.set(jobId, Date.now());
  toast.success(title, { id: nameOf(jobId), description, action: { label: "Pause", onClick: onPause }, duration: 12_000 });
}

/** Takes that away once the job is known not to run any more: there is nothing to pause. @param readAt when it was read; ms since 1970 */
export function useEndOfRunsToast(job: Pick<JobDetails, "id" | "actions"> | undefined, readAt: number): void {
  useEffect(() => {
    if (!job || job.actions.pause || readAt <= (saidAt.get(job.id) ?? Number.POSITIVE_INFINITY)) return;
    saidAt.delete(job.id);
    void toast.dismiss(nameOf(job.id));
  }, [job, readAt]);
}
