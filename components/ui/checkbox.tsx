"use client";
import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check, Minus } from "lucide-react";
import { type ReactNode, useId } from "react";
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

export function Checkbox({
  checked,
  onCheckedChange,
  label,
  hideLabel = false,
  description,
  disabled = false,
  indeterminate = false,
  name,
  className,
}: CheckboxProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-2.5", disabled && "opacity-60", className)}>
      <Base.Root
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        disabled={disabled}
        indeterminate={indeterminate}
        {...(name && { name })}
        aria-labelledby={`${id}-label`}
        aria-describedby={description ? `${id}-description` : undefined}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-border-input bg-surface transition-colors data-[checked]:border-accent data-[indeterminate]:border-accent data-[checked]:bg-accent data-[indeterminate]:bg-accent"
      >
        <Base.Indicator className="text-accent-fg">
          {indeterminate ? <Minus aria-hidden strokeWidth={3} className="size-3" /> : <Check aria-hidden strokeWidth={3} className="size-3" />}
        </Base.Indicator>
      </Base.Root>
      <div className={hideLabel ? "sr-only" : "min-w-0"}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box itself takes the keyboard; this only widens what the pointer hits */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
        <span id={`${id}-label`} className="select-none leading-5" onClick={() => !disabled && onCheckedChange(!checked)}>
          {label}
        </span>
        {description && (
          <p id={`${id}-description`} className="text-note text-text-muted leading-5">
            {description}
          </p>
        )}
      </div>
    </div>
  );
}
