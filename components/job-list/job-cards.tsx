"use client";
import Link from "next/link";
import { memo } from "react";
import type { JobRow } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { countOf } from "../job-progress.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { RowCheckbox } from "../ui/row-checkbox.tsx";
import { Time } from "../ui/time.tsx";
import { jobHref, shortId } from "./job-link.ts";
import { JobMenu } from "./job-menu.tsx";
import { JobName } from "./job-name.tsx";
import { JobProgressCell } from "./job-progress-cell.tsx";
import { nameOf } from "./job-table.tsx";
import type { Selection } from "./use-selection.ts";

/** The table's rows where there is no room for a table. */
export function JobCards({ jobs, selection }: { jobs: readonly JobRow[]; selection: Selection | null }) {
  return (
    <ul aria-label="Jobs" className="divide-y divide-border">
      {jobs.map((job) => (
        <JobCard key={job.id} job={job} chosen={selection?.drawn.has(job.id) ?? false} toggle={selection?.toggle ?? null} />
      ))}
    </ul>
  );
}

interface JobCardProps {
  job: JobRow;
  chosen: boolean;
  toggle: Selection["toggle"] | null;
}

const JobCard = memo(function JobCard({ job, chosen, toggle }: JobCardProps) {
  return (
    <li
      data-job={job.id}
      data-chosen={chosen || undefined}
      className="relative flex flex-col gap-2.5 px-4 py-3.5 has-[[data-row-link]:focus-visible]:outline-2 has-[[data-row-link]:focus-visible]:outline-ring has-[[data-row-link]:focus-visible]:-outline-offset-2 data-[chosen]:bg-accent-soft"
    >
      <div className="flex items-center justify-between gap-3">
        <span className="flex items-center gap-2">
          {toggle && <RowCheckbox label={`Choose ${nameOf(job)}`} checked={chosen} onToggle={(range) => toggle(job.id, range)} />}
          <span className="flex flex-wrap items-center gap-2">
            <JobStatusBadge status={job.status} sentBack={job.sentBack} />
            <DryRunBadge job={job} />
          </span>
        </span>
        <JobMenu job={job} className="-my-1 -mr-2" />
      </div>
      <div className="min-w-0">
        <Link
          href={jobHref(job)}
          prefetch={false}
          data-row-link
          className="line-clamp-3 rounded font-medium outline-none after:absolute after:inset-0 after:content-['']"
        >
          <JobName job={job} />
        </Link>
        <p className="text-text-muted text-xs">
          {job.operationTitle} · <span className="font-mono">{shortId(job.id)}</span> · <Time value={job.createdAt} className="whitespace-nowrap" />
        </p>
      </div>
      <JobProgressCell job={job} withTotal />
      {job.failedTasks > 0 && <p className="text-danger text-xs tabular-nums">{countOf(job.failedTasks, "failure")}</p>}
    </li>
  );
});
