"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { useFieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

export interface SelectOption<Value extends string = string> {
  value: Value;
  label: string;
  description?: ReactNode;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  value: Value | null | undefined | "";
  onValueChange: (value: Value) => void;
  options: readonly SelectOption<Value>[];
  placeholder?: string;
  id?: string;
  invalid?: boolean;
  disabled?: boolean;
  size?: "sm" | "md";
  /** The name, where no Field's label gives one. */
  "aria-label"?: string;
  onBlur?: () => void;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onValueChange, options, placeholder = "Choose…", id, invalid, disabled, size = "md", onBlur, className } = props;
  const control = useFieldControl({ id, invalid });
  const labelled = props["aria-label"] ? { "aria-label": props["aria-label"] } : {};
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value || null}
      onValueChange={(next) => next !== null && onValueChange(next as Value)}
      disabled={disabled ?? false}
      {...(control.id && { id: control.id })}
    >
      <Base.Trigger
        {...control}
        {...labelled}
        onBlur={onBlur}
        className={cn(
          controlClass,
          "flex items-center justify-between gap-2 text-left",
          size === "sm" ? "h-8 px-2.5 text-note" : "h-9 px-3 text-sm",
          className,
        )}
      >
        <Base.Value className="min-w-0 flex-1">
          {(chosen: Value | null) => <SelectValue option={options.find((option) => option.value === chosen)} placeholder={placeholder} />}
        </Base.Value>
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-text-faint" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="max-h-[min(22rem,var(--available-height))] min-w-[var(--anchor-width)] max-w-[min(28rem,calc(100vw-2rem))] origin-[var(--transform-origin)] overflow-y-auto rounded-lg border border-border-strong bg-overlay p-1 shadow-overlay outline-none transition-[opacity,scale] duration-100 data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {options.length === 0 && <div className="px-2.5 py-2 text-text-muted">Nothing to choose from</div>}
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="grid cursor-default select-none grid-cols-[1fr_1rem] items-start gap-x-3 rounded-md px-2.5 py-1.5 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-2"
              >
                <span className="min-w-0">
                  <Base.ItemText className="block truncate">{option.label}</Base.ItemText>
                  {option.description && <span className="block text-text-muted text-xs [overflow-wrap:anywhere]">{option.description}</span>}
                </span>
                <Base.ItemIndicator className="col-start-2 mt-0.5 text-accent-text">
                  <Check aria-hidden className="size-4" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function SelectValue({ option, placeholder }: { option: SelectOption | undefined; placeholder: string }) {
  return <span className={cn("block truncate", !option && "text-text-faint")}>{option?.label ?? placeholder}</span>;
}
