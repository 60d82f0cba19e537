"use client";
import Link from "next/link";
import type { JobGroup } from "#lib/jobs/group-jobs.ts";
import type { GroupSort } from "#lib/jobs/job-sorts.ts";
import { countOf } from "../job-progress.ts";
import { allStatuses, statusWords } from "../job-status.ts";
import { Badge } from "../ui/badge.tsx";
import { formatNumber, Num } from "../ui/number.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { JobName } from "./job-name.tsx";
import { type ListQuery, nextSort } from "./list-query.ts";

type Order = { sort: GroupSort; dir: ListQuery["dir"] };

interface GroupListProps {
  groups: readonly JobGroup[];
  order: Order;
  onSort: (order: Order) => void;
  /** The list of a group's jobs. */
  hrefOf: (description: string) => string;
  wide: boolean;
}

const columns: readonly { name: GroupSort; title: string; numeric?: boolean }[] = [
  { name: "description", title: "Description" },
  { name: "jobs", title: "Jobs", numeric: true },
  { name: "totalTasks", title: "Objects", numeric: true },
  { name: "succeededTasks", title: "Succeeded", numeric: true },
  { name: "failedTasks", title: "Failures", numeric: true },
  { name: "lastCreatedAt", title: "Last created" },
];

/** One row for each description, with the sums of its jobs; it leads to them. */
export function GroupList({ groups, order, onSort, hrefOf, wide }: GroupListProps) {
  const link = (group: JobGroup) => (
    <Link
      href={hrefOf(group.description)}
      prefetch={false}
      data-row-link
      className="line-clamp-2 rounded font-medium outline-none after:absolute after:inset-0 after:content-[''] hover:underline"
    >
      <JobName job={group} />
    </Link>
  );
  if (!wide)
    return (
      <ul aria-label="Descriptions" className="divide-y divide-border">
        {groups.map((group) => (
          <li key={group.description} data-job className={`flex flex-col gap-2 px-4 py-3.5 ${rowClass}`}>
            {link(group)}
            <p className="text-text-muted text-xs tabular-nums">
              {countOf(group.jobs, "job")} · {countOf(group.totalTasks, "object")} · last <Time value={group.lastCreatedAt} />
            </p>
            <Statuses group={group} />
            {group.failedTasks > 0 && <p className="text-danger text-xs tabular-nums">{countOf(group.failedTasks, "failure")}</p>}
          </li>
        ))}
      </ul>
    );
  return (
    <Table label="Jobs by description">
      <THead>
        <tr>
          {columns.map(({ name, title, numeric = false }) => (
            <Th key={name} numeric={numeric} sort={order.sort === name ? order.dir : null} onSort={() => onSort(nextSort(order, name))}>
              {title}
            </Th>
          ))}
          <Th>Statuses</Th>
        </tr>
      </THead>
      <TBody>
        {groups.map((group) => (
          <Tr key={group.description} data-job className={`hover:bg-surface-2 ${rowClass}`}>
            <Td className="min-w-48 max-w-96">{link(group)}</Td>
            <Td numeric>
              <Num value={group.jobs} />
            </Td>
            <Td numeric>
              <Num value={group.totalTasks} />
            </Td>
            <Td numeric>
              <Num value={group.succeededTasks} />
            </Td>
            <Td numeric className={group.failedTasks > 0 ? "font-medium text-danger" : "text-text-muted"}>
              <Num value={group.failedTasks} />
            </Td>
            <Td className="whitespace-nowrap">
              <Time value={group.lastCreatedAt} />
            </Td>
            <Td className="min-w-40">
              <Statuses group={group} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

const rowClass =
  "relative has-[[data-row-link]:focus-visible]:outline-2 has-[[data-row-link]:focus-visible]:outline-ring has-[[data-row-link]:focus-visible]:-outline-offset-2";

const Statuses = ({ group }: { group: JobGroup }) => (
  <span className="flex flex-wrap gap-1">
    {allStatuses.map((status) => {
      const jobs = group.statuses[status];
      const { label, tone } = statusWords(status);
      return (
        jobs !== undefined && (
          <Badge key={status} tone={tone} className="tabular-nums">
            {formatNumber(jobs)} {label}
          </Badge>
        )
      );
    })}
  </span>
);
