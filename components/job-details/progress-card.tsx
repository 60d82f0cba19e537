import type { ReactNode } from "react";
import type { JobDetails } from "#lib/jobs/job-views.ts";
import { countOf, failureShare, formatRate, percentDone, percentText } from "../job-progress.ts";
import { JobProgressBar } from "../job-progress-bar.tsx";
import { useJobSamples } from "../job-samples-api.ts";
import { hasEnded, isPaused, isPreparing } from "../job-status.ts";
import { timeLeft } from "../time-left.ts";
import { Card, CardBody } from "../ui/card.tsx";
import { cn } from "../ui/cn.ts";
import { formatNumber } from "../ui/number.tsx";
import { formatDuration } from "../ui/time.tsx";
import { momentWords } from "./moment-words.ts";
import { pointsOf, recentRate } from "./progress-series.ts";

export function ProgressCard({ job }: { job: JobDetails }) {
  const preparing = isPreparing(job.status);
  return (
    <Card aria-label="Progress">
      <CardBody className="py-5">
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="font-semibold text-2xl tabular-nums leading-8 tracking-tight">
            {preparing ? countOf(job.totalTasks, "row") : percentText(percentDone(job))}
            <span className="ml-2 font-normal text-sm text-text-muted tracking-normal">{preparing ? "read from the manifest" : "done"}</span>
          </p>
          {!preparing && (
            <p className="text-text-muted tabular-nums">
              {formatNumber(job.succeededTasks + job.failedTasks)} of {countOf(job.totalTasks, "object")}
            </p>
          )}
        </div>
        <JobProgressBar job={job} className="h-2.5" />
        {!preparing && (
          <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
            <Figure term="Succeeded" value={formatNumber(job.succeededTasks)} dot={isPaused(job.status) ? "bg-warning-solid" : "bg-success-solid"} />
            <Figure term="Failed" value={formatNumber(job.failedTasks)} aside={job.failedTasks > 0 ? failureShare(job) : null} dot="bg-danger-solid" />
            {hasEnded(job.status) ? (
              <Figure term="Average rate" value={averageRate(job)} />
            ) : (
              <Figure term="Rate now" value={job.tasksPerSecond === null ? null : formatRate(job.tasksPerSecond)} />
            )}
            {hasEnded(job.status) ? (
              <Figure term="Time at work" value={formatDuration(job.elapsedActiveSeconds)} />
            ) : (
              <Figure
                term="Time left"
                value={<TimeLeft job={job} />}
                aside={job.elapsedActiveSeconds > 0 ? `${formatDuration(job.elapsedActiveSeconds)} so far` : null}
              />
            )}
          </dl>
        )}
      </CardBody>
    </Card>
  );
}

function Figure({ term, value, aside = null, dot }: { term: string; value: ReactNode; aside?: ReactNode; dot?: string }) {
  return (
    <div>
      <dt className="flex items-center gap-1.5 text-note text-text-muted">
        {dot && <span aria-hidden className={cn("size-2 rounded-full", dot)} />}
        {term}
      </dt>
      <dd className="mt-0.5 font-medium text-base tabular-nums">
        {value ?? <span className="text-text-faint">–</span>}
        {aside && <span className="ml-2 font-normal text-note text-text-muted">{aside}</span>}
      </dd>
    </div>
  );
}

/** By the last minute's rate, which is calmer than that of the last seconds. */
function TimeLeft({ job }: { job: JobDetails }) {
  const samples = useJobSamples(job).data;
  if (isPaused(job.status)) return job.status === "Paused" ? "Paused" : "Pausing";
  const left = timeLeft(job, (samples && recentRate(pointsOf(samples))) ?? job.tasksPerSecond, Date.now());
  if (left === null) return <span className="text-text-faint">–</span>;
  return <span title={`Done by about ${momentWords(left.finishAt)}`}>{left.words}</span>;
}

function averageRate(job: JobDetails): string | null {
  const ran = job.succeededTasks + job.failedTasks;
  return ran === 0 || job.elapsedActiveSeconds <= 0 ? null : formatRate(ran / job.elapsedActiveSeconds);
}
