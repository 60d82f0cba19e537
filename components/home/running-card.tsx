import type { Home, RunningJob } from "#lib/home/home-views.ts";
import { countOf, formatRate, percentDone, percentText, secondsLeft } from "../job-progress.ts";
import { JobProgressBar } from "../job-progress-bar.tsx";
import { isPaused, isPreparing, statusGroups } from "../job-status.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { formatNumber } from "../ui/number.tsx";
import { formatDuration } from "../ui/time.tsx";
import { HomeCard, RowTitle } from "./home-card.tsx";

const listed = `/jobs?status=${statusGroups.find(({ name }) => name === "Running")?.statuses.join(",")}`;

export function RunningCard({ running }: { running: Home["running"] }) {
  return (
    <HomeCard
      title="Under way"
      jobs={running.jobs}
      calm="No job is under way."
      all={running.more ? { href: listed, label: `All ${running.total.toLocaleString("en-US")}` } : null}
    >
      {(job) => <Running job={job} />}
    </HomeCard>
  );
}

const Running = ({ job }: { job: RunningJob }) => (
  <div className="grid items-center gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,1fr)_minmax(16rem,24rem)]">
    <div className="flex min-w-0 flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <RowTitle job={job} href={`/jobs/${job.id}`} />
      <JobStatusBadge status={job.status} />
    </div>
    <div>
      <JobProgressBar job={job} />
      <p className="mt-1.5 flex justify-between gap-3 text-text-muted text-xs tabular-nums">
        <span className="whitespace-nowrap">{doneWords(job)}</span>
        <span className="whitespace-nowrap text-right">{paceWords(job)}</span>
      </p>
    </div>
  </div>
);

function doneWords(job: RunningJob): string {
  if (isPreparing(job.status)) return job.totalTasks > 0 ? `${countOf(job.totalTasks, "row")} read` : "Waiting for a worker";
  return `${percentText(percentDone(job))} of ${formatNumber(job.totalTasks)}${job.failedTasks > 0 ? ` · ${formatNumber(job.failedTasks)} failed` : ""}`;
}

/** How fast, and how much longer; or what it waits for. */
function paceWords(job: RunningJob): string {
  if (isPaused(job.status)) return job.pausedByPerson ? "Until somebody resumes it" : "Gives way to higher priority";
  if (job.status === "Ready") return "Starts when a worker has room";
  if (job.tasksPerSecond === null) return "";
  const left = secondsLeft(job, job.tasksPerSecond);
  return [formatRate(job.tasksPerSecond), left === null ? null : `${formatDuration(left)} left`].filter(Boolean).join(" · ");
}
