import { X } from "lucide-react";
import { SafeText } from "./safe-text.tsx";
import { cn } from "./ui/cn.ts";

export interface FilterChip<Filters> {
  key: string;
  /** What is filtered by, and to what. */
  name: string;
  value: string;
  without: Partial<Filters>;
}

interface FilterChipsProps<Filters> {
  chips: readonly FilterChip<Filters>[];
  onChange: (filters: Partial<Filters>) => void;
  /** Absent where another control takes all of them away. */
  onClear?: () => void;
  className?: string;
}

/** What a list is narrowed down to; a press takes one away. */
export function FilterChips<Filters>({ chips, onChange, onClear, className }: FilterChipsProps<Filters>) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters" className={cn("flex min-w-0 flex-wrap items-center gap-1.5", className)}>
      {chips.map(({ key, name, value, without }) => (
        <li key={key} className="max-w-full">
          <button
            type="button"
            onClick={() => onChange(without)}
            className="flex h-7 max-w-full items-center gap-1.5 rounded-md border border-border bg-surface-2 pr-1.5 pl-2 text-xs hover:border-border-strong hover:bg-surface-3 sm:max-w-72"
          >
            <span className="sr-only">Remove the filter</span> <span className="shrink-0 text-text-muted">{name}</span>
            <span className="truncate font-medium">
              <SafeText text={value} />
            </span>
            <X aria-hidden className="size-3.5 shrink-0 text-text-muted" />
          </button>
        </li>
      ))}
      {onClear && (
        <li>
          <button type="button" onClick={onClear} className="h-7 rounded-md px-2 font-medium text-accent-text text-xs hover:bg-surface-2">
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}
