"use client";
import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { useFieldLabelId } from "./field.tsx";

export interface RadioCardOption<Value extends string = string> {
  value: Value;
  title: ReactNode;
  description?: ReactNode;
  icon?: ReactNode;
  disabled?: boolean;
  /** Heading that it stands under; options of one group are next to each other. */
  group?: string;
}

export interface RadioCardsProps<Value extends string> {
  value: Value | null | undefined | "";
  onValueChange: (value: Value) => void;
  options: readonly RadioCardOption<Value>[];
  columns?: 1 | 2 | 3;
  disabled?: boolean;
  /** The group's name, where no Field (with `group`) gives one. */
  "aria-label"?: string;
  className?: string;
}

const grids = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" } as const;

/** The browser's own radio buttons, each with its card around it. */
export function RadioCards<Value extends string>({ value, onValueChange, options, columns = 1, disabled = false, className, ...rest }: RadioCardsProps<Value>) {
  const labelId = useFieldLabelId();
  const id = useId();
  const grid = cn("grid gap-2", grids[columns]);
  const groups = [...Map.groupBy(options, (option) => option.group ?? "")];
  const grouped = options.some((option) => option.group !== undefined);
  const card = (option: RadioCardOption<Value>) => (
    <label
      key={option.value}
      className="flex cursor-pointer items-start gap-3 rounded-lg border border-border-strong bg-surface px-3.5 py-3 text-left outline-accent transition-colors hover:bg-surface-2 has-disabled:cursor-not-allowed has-checked:border-accent has-checked:bg-accent-soft has-disabled:opacity-55 has-focus-visible:outline-2 has-focus-visible:outline-offset-2"
    >
      <input
        type="radio"
        name={id}
        value={option.value}
        checked={value === option.value}
        onChange={() => onValueChange(option.value)}
        disabled={disabled || option.disabled}
        aria-labelledby={`${id}-${option.value}`}
        aria-describedby={option.description ? `${id}-${option.value}-description` : undefined}
        className="mt-0.5 flex size-4 shrink-0 cursor-pointer appearance-none items-center justify-center rounded-full border border-border-input bg-surface outline-none before:size-1.5 before:rounded-full checked:border-accent checked:bg-accent checked:before:bg-accent-fg checked:before:content-[''] disabled:cursor-not-allowed"
      />
      <span className="min-w-0 flex-1">
        <span className="flex items-start justify-between gap-3">
          <span id={`${id}-${option.value}`} className="block font-medium leading-5">
            {option.title}
          </span>
          {option.icon && <span className="shrink-0 text-text-faint">{option.icon}</span>}
        </span>
        {option.description && (
          <span id={`${id}-${option.value}-description`} className="mt-0.5 block text-note text-text-muted leading-5">
            {option.description}
          </span>
        )}
      </span>
    </label>
  );
  return (
    <div
      role="radiogroup"
      aria-label={rest["aria-label"]}
      aria-labelledby={rest["aria-label"] ? undefined : labelId}
      className={cn(grouped ? "flex flex-col gap-4" : grid, className)}
    >
      {grouped
        ? groups.map(([name, members], index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset in a group of radio buttons would be another group of them.
            <div key={name} role="group" aria-labelledby={`${id}-group-${index}`}>
              <p id={`${id}-group-${index}`} className="mb-1.5 font-medium text-note text-text-muted">
                {name}
              </p>
              <div className={grid}>{members.map(card)}</div>
            </div>
          ))
        : options.map(card)}
    </div>
  );
}
