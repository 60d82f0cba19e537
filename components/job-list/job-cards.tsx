import Link from "next/link";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { countOf } from "../job-progress.ts";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { Time } from "../ui/time.tsx";
import { jobHref, shortId } from "./job-link.ts";
import { JobMenu } from "./job-menu.tsx";
import { JobProgressCell } from "./job-progress-cell.tsx";
import { JobName } from "./job-table.tsx";

/** The table's rows where there is no room for a table. */
export function JobCards({ jobs }: { jobs: JobListItem[] }) {
  return (
    <ul aria-label="Jobs" className="divide-y divide-border">
      {jobs.map((job) => (
        <li key={job.id} className="relative flex flex-col gap-2.5 px-4 py-3.5">
          <div className="flex items-center justify-between gap-3">
            <span className="flex flex-wrap items-center gap-2">
              <JobStatusBadge status={job.status} sentBack={job.sentBack} />
              <DryRunBadge job={job} />
            </span>
            <span className="flex items-center gap-1">
              <Time value={job.createdAt} className="whitespace-nowrap text-text-muted text-xs" />
              <JobMenu job={job} className="-my-1 -mr-2" />
            </span>
          </div>
          <div className="min-w-0">
            <Link href={jobHref(job)} className="line-clamp-3 rounded font-medium after:absolute after:inset-0 after:content-['']">
              <JobName job={job} />
            </Link>
            <p className="text-text-muted text-xs">
              {job.operationTitle} · <span className="font-mono">{shortId(job.id)}</span>
            </p>
          </div>
          <JobProgressCell job={job} withTotal />
          {job.failedTasks > 0 && <p className="text-danger text-xs tabular-nums">{countOf(job.failedTasks, "failure")}</p>}
        </li>
      ))}
    </ul>
  );
}
