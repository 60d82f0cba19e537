"use client";
import { ListFilter } from "lucide-react";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { statusGroups, statusWords } from "../job-status.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { cn } from "../ui/cn.ts";
import { Popover } from "../ui/popover.tsx";

interface StatusFilterProps {
  /** Empty: every status. */
  value: readonly JobStatus[];
  onChange: (statuses: JobStatus[]) => void;
}

const isExactly = (value: readonly JobStatus[], statuses: readonly JobStatus[]): boolean =>
  value.length === statuses.length && statuses.every((status) => value.includes(status));

/** One press for the groups that people think in, and a list for single statuses. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const groups = [{ name: "All", statuses: [] as readonly JobStatus[] }, ...statusGroups];
  const single = !groups.some((group) => isExactly(value, group.statuses));
  return (
    <div className="flex min-w-0 items-center gap-2">
      <fieldset aria-label="Jobs to show" className="flex min-w-0 overflow-x-auto rounded-lg border border-border bg-surface-2 p-0.5">
        {groups.map((group) => {
          const chosen = isExactly(value, group.statuses);
          return (
            <button
              key={group.name}
              type="button"
              aria-pressed={chosen}
              onClick={() => onChange([...group.statuses])}
              className={cn(
                "h-7.5 shrink-0 whitespace-nowrap rounded-md px-2.5 font-medium text-note -outline-offset-2 transition-colors",
                chosen ? "bg-surface text-text shadow-[0_0_0_1px_var(--border-strong)]" : "text-text-muted hover:text-text",
              )}
            >
              {group.name}
            </button>
          );
        })}
      </fieldset>
      <Popover
        label="Statuses"
        align="end"
        trigger={
          <Button className="max-sm:w-9 max-sm:px-0">
            <ListFilter aria-hidden />
            <span className="max-sm:sr-only">Status</span>
            {single && <span className="rounded bg-accent-soft px-1.5 text-accent-text text-xs tabular-nums max-sm:hidden">{value.length}</span>}
          </Button>
        }
      >
        <StatusChecks value={value} onChange={onChange} />
      </Popover>
    </div>
  );
}

function StatusChecks({ value, onChange }: StatusFilterProps) {
  const put = (statuses: readonly JobStatus[], on: boolean) => {
    const others = value.filter((status) => !statuses.includes(status));
    onChange(on ? [...others, ...statuses] : others);
  };
  return (
    <div className="flex flex-col gap-3.5">
      {statusGroups.map((group) => {
        const chosen = group.statuses.filter((status) => value.includes(status)).length;
        const all = chosen === group.statuses.length;
        return (
          <fieldset key={group.name} className="flex flex-col gap-1.5">
            <Checkbox
              label={<span className="font-medium text-text-muted text-xs">{group.name}</span>}
              checked={all}
              indeterminate={chosen > 0 && !all}
              onCheckedChange={() => put(group.statuses, !all)}
            />
            {group.statuses.map((status) => (
              <Checkbox
                key={status}
                className="pl-6.5"
                label={statusWords(status).label}
                checked={value.includes(status)}
                onCheckedChange={(on) => put([status], on)}
              />
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
