"use client";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { type JobSort, jobSorts } from "#lib/jobs/job-sorts.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Popover } from "../ui/popover.tsx";
import { useColumns, usualColumns } from "./column-choice.ts";
import { columns } from "./columns.tsx";

/** Which columns the table has, and in which order; kept in this browser. */
export function ColumnsButton() {
  return (
    <Popover
      label="Columns"
      align="end"
      trigger={
        <Button size="sm">
          <Columns3 aria-hidden />
          Columns
        </Button>
      }
    >
      <ColumnChoice />
    </Popover>
  );
}

function ColumnChoice() {
  const { columns: shown, choose } = useColumns();
  const rest = jobSorts.filter((name) => !shown.includes(name));
  const move = (name: JobSort, by: 1 | -1) => {
    const at = shown.indexOf(name);
    const next = [...shown];
    next.splice(at, 1);
    next.splice(at + by, 0, name);
    choose(next);
  };
  const usual = shown.join() === usualColumns.join();
  return (
    <div className="flex w-64 flex-col gap-1">
      <ul aria-label="Columns" className="flex flex-col">
        {[...shown, ...rest].map((name) => {
          const at = shown.indexOf(name);
          const { title } = columns[name];
          return (
            <li key={name} className="flex h-8 items-center justify-between gap-2">
              <Checkbox
                label={title}
                checked={at !== -1}
                // It leads to the job.
                disabled={name === "description"}
                onCheckedChange={(on) => choose(on ? [...shown, name] : shown.filter((other) => other !== name))}
              />
              {at !== -1 && (
                <span className="flex">
                  <IconButton size="sm" label={`Move ${title} to the left`} disabled={at === 0} onClick={() => move(name, -1)}>
                    <ArrowUp aria-hidden />
                  </IconButton>
                  <IconButton size="sm" label={`Move ${title} to the right`} disabled={at === shown.length - 1} onClick={() => move(name, 1)}>
                    <ArrowDown aria-hidden />
                  </IconButton>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      <Button size="sm" disabled={usual} onClick={() => choose(null)}>
        Reset columns
      </Button>
    </div>
  );
}
