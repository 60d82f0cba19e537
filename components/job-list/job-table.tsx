import Link from "next/link";
import type { JobListItem } from "#lib/jobs/job-views.ts";
import { DryRunBadge } from "../dry-run-badge.tsx";
import { JobStatusBadge } from "../job-status-badge.tsx";
import { SafeText } from "../safe-text.tsx";
import { cn } from "../ui/cn.ts";
import { Num } from "../ui/number.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { jobHref, shortId } from "./job-link.ts";
import { JobMenu } from "./job-menu.tsx";
import { JobProgressCell } from "./job-progress-cell.tsx";
import { type ListQuery, nextSort, type SortColumn } from "./list-query.ts";

/** Left out where there is no room for every column. */
const lessNeeded = "hidden @5xl:table-cell";

interface Column {
  name: SortColumn;
  title: string;
  numeric?: boolean;
  className?: string;
}

const columns: readonly Column[] = [
  { name: "status", title: "Status" },
  { name: "description", title: "Description" },
  { name: "operation", title: "Operation" },
  { name: "totalTasks", title: "Objects", numeric: true },
  { name: "percent", title: "Progress" },
  { name: "failedTasks", title: "Failures", numeric: true },
  { name: "priority", title: "Priority", numeric: true, className: lessNeeded },
  { name: "createdAt", title: "Created" },
];

interface JobTableProps {
  jobs: JobListItem[];
  query: Pick<ListQuery, "sort" | "dir">;
  onSort: (sort: Pick<ListQuery, "sort" | "dir">) => void;
}

export function JobTable({ jobs, query, onSort }: JobTableProps) {
  return (
    <Table label="Jobs">
      <THead>
        <tr>
          {columns.map(({ name, title, numeric = false, className }) => (
            <Th key={name} className={className} numeric={numeric} sort={query.sort === name ? query.dir : null} onSort={() => onSort(nextSort(query, name))}>
              {title}
            </Th>
          ))}
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </THead>
      <TBody>
        {jobs.map((job) => (
          <Tr key={job.id} className="relative hover:bg-surface-2">
            <Td className="w-0">
              <JobStatusBadge status={job.status} sentBack={job.sentBack} />
            </Td>
            <Td className="min-w-48 max-w-96">
              <Link href={jobHref(job)} className="line-clamp-2 rounded font-medium after:absolute after:inset-0 after:content-[''] hover:underline">
                <JobName job={job} />
              </Link>
              <span className="font-mono text-text-muted text-xs" title={job.id}>
                {shortId(job.id)}
              </span>
            </Td>
            <Td className="min-w-28 text-text-muted">
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {job.operationTitle}
                <DryRunBadge job={job} />
              </span>
            </Td>
            <Td numeric>{job.totalTasks > 0 ? <Num value={job.totalTasks} /> : <span className="text-text-faint">–</span>}</Td>
            <Td className="min-w-36">
              <JobProgressCell job={job} />
            </Td>
            <Td numeric className={cn(job.failedTasks > 0 ? "font-medium text-danger" : "text-text-muted")}>
              <Num value={job.failedTasks} />
            </Td>
            <Td numeric className={cn("text-text-muted", lessNeeded)}>
              <Num value={job.priority} />
            </Td>
            <Td className="whitespace-nowrap">
              <Time value={job.createdAt} />
              <span className="block max-w-36 truncate text-text-muted text-xs">{job.createdBy ?? "Longshore"}</span>
            </Td>
            <Td className="w-0 pl-0">
              <JobMenu job={job} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

export const JobName = ({ job }: { job: Pick<JobListItem, "description"> }) =>
  job.description === "" ? <span className="font-normal text-text-muted italic">No description</span> : <SafeText text={job.description} />;
