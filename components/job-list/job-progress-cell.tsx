import type { JobListItem } from "#lib/jobs/job-views.ts";
import { countOf, percentDone, percentText } from "../job-progress.ts";
import { JobProgressBar } from "../job-progress-bar.tsx";
import { isPaused, isPreparing } from "../job-status.ts";
import { formatNumber } from "../ui/number.tsx";

/** @param withTotal where no column of its own says the total */
export function JobProgressCell({ job, withTotal = false }: { job: JobListItem; withTotal?: boolean }) {
  if (isPreparing(job.status)) {
    return (
      <div>
        <JobProgressBar job={job} />
        <p className="mt-1.5 text-text-muted text-xs tabular-nums">{job.totalTasks > 0 ? `${countOf(job.totalTasks, "row")} read` : "Waiting for a worker"}</p>
      </div>
    );
  }
  const done = job.succeededTasks + job.failedTasks;
  if (job.totalTasks === 0) return <span className="text-text-muted text-xs">Not prepared</span>;
  return (
    <div>
      <JobProgressBar job={job} />
      <p className="mt-1.5 flex justify-between gap-3 text-text-muted text-xs tabular-nums">
        <span className="whitespace-nowrap">
          {formatNumber(done)} {withTotal ? `of ${formatNumber(job.totalTasks)}` : "done"}
        </span>
        <span className="font-medium text-text">{percentText(percentDone(job))}</span>
      </p>
      {isPaused(job.status) && <p className="text-text-muted text-xs">{job.pausedByPerson ? "Until somebody resumes it" : "Gives way to higher priority"}</p>}
    </div>
  );
}
