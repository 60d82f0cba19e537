"use client";
import { Select as Base } from "@base-ui/react/select";
import { Check } from "lucide-react";
import { useFieldControl } from "./field.tsx";
import { SelectMark, type SelectProps, SelectValue, triggerClass } from "./select-look.tsx";
import { type Takeover, useTakeover } from "./use-stand-in.ts";

/** The select itself; select.tsx loads it. */
export function SelectRoot<Value extends string>({ takeover, ...props }: SelectProps<Value> & { takeover: Takeover }) {
  const { value, onValueChange, options, placeholder, id, invalid, disabled, onBlur } = props;
  const ref = useTakeover(takeover);
  const control = useFieldControl({ id, invalid });
  const labelled = props["aria-label"] ? { "aria-label": props["aria-label"] } : {};
  return (
    <Base.Root
      defaultOpen={takeover.defaultOpen}
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value || null}
      onValueChange={(next) => next !== null && onValueChange(next as Value)}
      disabled={disabled ?? false}
      {...(control.id && { id: control.id })}
    >
      <Base.Trigger ref={ref} {...control} {...labelled} onBlur={onBlur} className={triggerClass(props)}>
        <Base.Value className="min-w-0 flex-1">
          {(chosen: Value | null) => <SelectValue option={options.find((option) => option.value === chosen)} placeholder={placeholder} />}
        </Base.Value>
        <Base.Icon>
          <SelectMark />
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
