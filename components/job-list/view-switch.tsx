"use client";
import { cn } from "../ui/cn.ts";
import type { ListQuery } from "./list-query.ts";

const views = [
  { view: "jobs", label: "Jobs" },
  { view: "groups", label: "By description" },
] as const;

/** Each job, or one row for all that have the same description. */
export const ViewSwitch = ({ value, onChange }: { value: ListQuery["view"]; onChange: (view: ListQuery["view"]) => void }) => (
  <fieldset aria-label="Rows" className="flex rounded-lg border border-border bg-surface-2 p-0.5">
    {views.map(({ view, label }) => (
      <button
        key={view}
        type="button"
        aria-pressed={value === view}
        onClick={() => value !== view && onChange(view)}
        className={cn(
          "h-6.5 whitespace-nowrap rounded-md px-2.5 font-medium text-note transition-colors -outline-offset-2",
          value === view ? "bg-surface text-text shadow-[0_0_0_1px_var(--border-strong)]" : "text-text-muted hover:text-text",
        )}
      >
        {label}
      </button>
    ))}
  </fieldset>
);
