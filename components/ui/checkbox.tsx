"use client";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./cn.ts";

export interface CheckboxProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  /** Names the box without showing the label, as in a table's row. */
  hideLabel?: boolean;
  description?: ReactNode;
  disabled?: boolean;
  indeterminate?: boolean;
  name?: string;
  className?: string;
}

/** The browser's own box: its state is told by the browser, and it costs no code. */
export function Checkbox(props: CheckboxProps) {
  const { checked, onCheckedChange, label, hideLabel = false, description, disabled = false, indeterminate = false, name, className } = props;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [indeterminate]);
  const Mark = indeterminate ? Minus : Check;
  return (
    <div className={cn("flex items-start gap-2.5", disabled && "opacity-60", className)}>
      <span className="relative mt-0.5 flex size-4 shrink-0">
        <input
          ref={box}
          type="checkbox"
          id={id}
          {...(name && { name })}
          checked={checked}
          onChange={(event) => onCheckedChange(event.target.checked)}
          disabled={disabled}
          aria-describedby={description ? `${id}-description` : undefined}
          className="peer size-4 cursor-pointer appearance-none rounded-sm border border-border-input bg-surface transition-colors checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent disabled:cursor-not-allowed"
        />
        <Mark
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute top-0.5 left-0.5 size-3 text-accent-fg opacity-0 peer-checked:opacity-100 peer-indeterminate:opacity-100"
        />
      </span>
      <div className={hideLabel ? "sr-only" : "min-w-0"}>
        <label htmlFor={id} className="select-none leading-5">
          {label}
        </label>
        {description && (
          <p id={`${id}-description`} className="text-note text-text-muted leading-5">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
