"use client";
import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

export interface SwitchProps {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  description?: ReactNode;
  disabled?: boolean;
  className?: string;
}

/** The browser's own box, which tells its state as a switch does. */
export function Switch({ checked, onCheckedChange, label, description, disabled = false, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-3", className)}>
      <input
        type="checkbox"
        role="switch"
        id={id}
        checked={checked}
        aria-checked={checked}
        onChange={(event) => onCheckedChange(event.target.checked)}
        disabled={disabled}
        aria-describedby={description ? `${id}-description` : undefined}
        className="flex h-5 w-9 shrink-0 cursor-pointer appearance-none rounded-full bg-border-input p-0.5 transition-colors before:size-4 before:rounded-full before:bg-surface before:transition-transform before:content-[''] checked:bg-accent checked:before:translate-x-4 disabled:cursor-not-allowed disabled:opacity-60"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="select-none font-medium leading-5">
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
