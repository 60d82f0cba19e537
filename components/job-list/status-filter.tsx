"use client";
import type { JobStatus } from "#lib/db/generated/enums.ts";
import { statusGroups } from "../job-status.ts";
import { cn } from "../ui/cn.ts";

interface StatusFilterProps {
  /** Empty: every status. */
  value: readonly JobStatus[];
  onChange: (statuses: JobStatus[]) => void;
}

const isExactly = (value: readonly JobStatus[], statuses: readonly JobStatus[]): boolean =>
  value.length === statuses.length && statuses.every((status) => value.includes(status));

/** One press for the groups that people think in; single statuses are among the filters. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const groups = [{ name: "All", statuses: [] as readonly JobStatus[] }, ...statusGroups];
  return (
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
  );
}
