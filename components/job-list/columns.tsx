import Link from "next/link";
import type { ReactNode } from "react";
import type { JobSort } from "#lib/jobs/job-sorts.ts";
import type { JobRow } from "#lib/jobs/job-views.ts";
import { roleNameOf } from "#lib/jobs/role-name.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { SafeText } from "../safe-text.tsx";
import { Num } from "../ui/number.tsx";
import { formatDuration, Time } from "../ui/time.tsx";
import { jobHref, shortId } from "./job-link.ts";
import { JobName } from "./job-name.tsx";
import { JobProgressCell } from "./job-progress-cell.tsx";

export interface Column {
  name: JobSort;
  title: string;
  numeric?: boolean;
  /** Of the cells. */
  className?: string;
  cell: (job: JobRow, shown: readonly JobSort[]) => ReactNode;
}

const none = <span className="text-text-faint">–</span>;

/** Every column that the list can show. */
export const columns: Record<JobSort, Column> = {
  status: { name: "status", title: "Status", className: "w-px", cell: (job) => <JobStatusBadge status={job.status} sentBack={job.sentBack} /> },
  description: {
    name: "description",
    title: "Description",
    className: "min-w-48 max-w-96",
    cell: (job) => (
      <>
        <Link
          href={jobHref(job)}
          prefetch={false}
          data-row-link
          className="line-clamp-2 rounded font-medium outline-none after:absolute after:inset-0 after:content-[''] hover:underline"
        >
          <JobName job={job} />
        </Link>
        <span className="font-mono text-text-muted text-xs" title={job.id}>
          {shortId(job.id)}
        </span>
      </>
    ),
  },
  operation: {
    name: "operation",
    title: "Operation",
    className: "min-w-28 text-text-muted",
    cell: (job, shown) => (
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {job.operationTitle}
        {!shown.includes("dryRun") && <DryRunBadge job={job} />}
      </span>
    ),
  },
  dryRun: { name: "dryRun", title: "Dry run", cell: (job) => (job.dryRun ? <DryRunBadge job={job} /> : none) },
  totalTasks: { name: "totalTasks", title: "Objects", numeric: true, cell: (job) => (job.totalTasks > 0 ? <Num value={job.totalTasks} /> : none) },
  percent: { name: "percent", title: "Progress", className: "min-w-36", cell: (job) => <JobProgressCell job={job} /> },
  failedTasks: {
    name: "failedTasks",
    title: "Failures",
    numeric: true,
    cell: (job) => <Num value={job.failedTasks} className={job.failedTasks > 0 ? "font-medium text-danger" : "text-text-muted"} />,
  },
  priority: { name: "priority", title: "Priority", numeric: true, className: "text-text-muted", cell: (job) => <Num value={job.priority} /> },
  createdAt: {
    name: "createdAt",
    title: "Created",
    className: "whitespace-nowrap",
    cell: (job, shown) => (
      <>
        <Time value={job.createdAt} />
        {!shown.includes("creator") && <span className="block max-w-36 truncate text-text-muted text-xs">{job.createdBy ?? "Longshore"}</span>}
      </>
    ),
  },
  terminatedAt: {
    name: "terminatedAt",
    title: "Finished",
    className: "whitespace-nowrap",
    cell: (job) => (job.terminatedAt === null ? none : <Time value={job.terminatedAt} />),
  },
  duration: {
    name: "duration",
    title: "Duration",
    numeric: true,
    className: "whitespace-nowrap",
    cell: (job) => (job.activeSeconds > 0 ? <span title="How long it has been active">{formatDuration(job.activeSeconds)}</span> : none),
  },
  creator: {
    name: "creator",
    title: "Created by",
    className: "max-w-40 truncate",
    cell: (job) => (job.createdBy ? <SafeText text={job.createdBy} /> : "Longshore"),
  },
  role: {
    name: "role",
    title: "Role",
    className: "max-w-48 truncate",
    cell: (job) => (
      <span title={job.role.arn}>
        <SafeText text={roleNameOf(job.role.arn)} />
      </span>
    ),
  },
  connection: { name: "connection", title: "Connection", className: "max-w-40 truncate", cell: (job) => <SafeText text={job.connection.name} /> },
};
