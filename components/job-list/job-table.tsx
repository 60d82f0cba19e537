"use client";
import { memo } from "react";
import type { JobSort } from "#lib/jobs/job-sorts.ts";
import type { JobRow } from "#lib/jobs/job-views.ts";
import { RowCheckbox } from "../ui/row-checkbox.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "../ui/table.tsx";
import { columns } from "./columns.tsx";
import { JobMenu } from "./job-menu.tsx";
import { type ListQuery, nextSort } from "./list-query.ts";
import type { Selection } from "./use-selection.ts";

type Order = { sort: JobSort; dir: ListQuery["dir"] };

interface JobTableProps {
  jobs: readonly JobRow[];
  shown: readonly JobSort[];
  order: Order;
  onSort: (order: Order) => void;
  /** Null: the person may change nothing. */
  selection: Selection | null;
}

export function JobTable({ jobs, shown, order, onSort, selection }: JobTableProps) {
  const chosen = selection ? jobs.filter((job) => selection.chosen.has(job.id)).length : 0;
  return (
    <Table label="Jobs">
      <THead>
        <tr>
          {selection && (
            <Th className="w-0 pr-0">
              <RowCheckbox
                label="Choose all jobs on this page"
                checked={chosen > 0 && chosen === jobs.length}
                indeterminate={chosen > 0 && chosen < jobs.length}
                onToggle={selection.togglePage}
              />
            </Th>
          )}
          {shown.map((name) => (
            <Th key={name} numeric={columns[name].numeric ?? false} sort={order.sort === name ? order.dir : null} onSort={() => onSort(nextSort(order, name))}>
              {columns[name].title}
            </Th>
          ))}
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </THead>
      <TBody>
        {jobs.map((job) => (
          <Row key={job.id} job={job} shown={shown} chosen={selection?.drawn.has(job.id) ?? false} toggle={selection?.toggle ?? null} />
        ))}
      </TBody>
    </Table>
  );
}

interface RowProps {
  job: JobRow;
  shown: readonly JobSort[];
  chosen: boolean;
  toggle: Selection["toggle"] | null;
}

/** Drawn again only when its job, or whether it is chosen, has changed: a page has up to a hundred, and their cells are left alone when all are chosen. */
const Row = memo(function Row({ job, shown, chosen, toggle }: RowProps) {
  return (
    <Tr
      data-job={job.id}
      data-chosen={chosen || undefined}
      className="relative hover:bg-surface-2 has-[[data-row-link]:focus-visible]:outline-2 has-[[data-row-link]:focus-visible]:outline-ring has-[[data-row-link]:focus-visible]:-outline-offset-2 data-[chosen]:bg-accent-soft"
    >
      {toggle && (
        <Td className="w-0 pr-0">
          <RowCheckbox label={`Choose ${nameOf(job)}`} checked={chosen} onToggle={(range) => toggle(job.id, range)} />
        </Td>
      )}
      <Cells job={job} shown={shown} />
    </Tr>
  );
});

/** All of a row that does not depend on whether it is chosen. */
const Cells = memo(function Cells({ job, shown }: Pick<RowProps, "job" | "shown">) {
  return (
    <>
      {shown.map((name) => {
        const { numeric = false, className, cell } = columns[name];
        return (
          <Td key={name} numeric={numeric} className={className}>
            {cell(job, shown)}
          </Td>
        );
      })}
      <Td className="w-0 pl-0">
        <JobMenu job={job} />
      </Td>
    </>
  );
});

/** Told apart by the beginning of its id where descriptions are alike. */
export const nameOf = (job: { id: string; description: string; operationTitle: string }): string =>
  `${job.description || job.operationTitle} ${job.id.slice(0, 8)}`;
