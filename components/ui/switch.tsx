"use client";
import { Switch as Base } from "@base-ui/react/switch";
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

export function Switch({ checked, onCheckedChange, label, description, disabled = false, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cn("flex items-start gap-3", disabled && "opacity-60", className)}>
      <Base.Root
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        disabled={disabled}
        aria-labelledby={`${id}-label`}
        aria-describedby={description ? `${id}-description` : undefined}
        className="flex h-5 w-9 shrink-0 rounded-full bg-border-input p-0.5 transition-colors data-[checked]:bg-accent"
      >
        <Base.Thumb className="size-4 rounded-full bg-surface transition-transform data-[checked]:translate-x-4" />
      </Base.Root>
      <div className="min-w-0">
        <span id={`${id}-label`} className="font-medium leading-5">
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
