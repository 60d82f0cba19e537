"use client";
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { cn } from "./cn.ts";
import type { MenuChoiceProps, MenuItemProps, MenuProps } from "./menu.tsx";
import { type Takeover, useTakeover } from "./use-stand-in.ts";

const itemClass =
  "flex w-full cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-surface-2 [&_svg]:size-4 [&_svg]:shrink-0";

/** The menu itself, behind its trigger; menu.tsx loads it. */
export function MenuRoot({ trigger, align = "end", side = "bottom", children, takeover }: MenuProps & { takeover: Takeover }) {
  const ref = useTakeover(takeover);
  return (
    <Base.Root modal={false} defaultOpen={takeover.defaultOpen}>
      <Base.Trigger ref={ref} render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} className="z-50 outline-none">
          <Base.Popup className="min-w-48 max-w-[calc(100vw-1.5rem)] origin-[var(--transform-origin)] rounded-lg border border-border-strong bg-overlay p-1 shadow-overlay outline-none transition-[opacity,scale] duration-100 data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function MenuItem({ onSelect, icon, danger = false, disabled = false, children }: MenuItemProps) {
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={cn(itemClass, danger ? "text-danger" : "[&_svg]:text-text-muted")}>
      {icon}
      {children}
    </Base.Item>
  );
}

/** One of several, marked with a tick. */
export function MenuChoice<Value extends string>({ label, value, onValueChange, options }: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 font-medium text-text-muted text-xs">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: Value) => onValueChange(next)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={cn(itemClass, "[&_svg]:text-text-muted")}>
            {option.icon}
            <span className="flex-1">{option.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}

export const MenuSeparator = () => <Base.Separator className="-mx-1 my-1 h-px bg-border" />;
