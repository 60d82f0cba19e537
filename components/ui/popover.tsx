"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  /** Names the panel for screen readers. */
  label: string;
  align?: "start" | "end";
  children: ReactNode;
}

/** A panel of controls beside its button, where a menu's items would not do. */
export function Popover({ trigger, label, align = "start", children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner align={align} sideOffset={6} className="z-50 outline-none">
          <Base.Popup
            aria-label={label}
            className="max-h-[var(--available-height)] min-w-56 max-w-[calc(100vw-1.5rem)] origin-[var(--transform-origin)] overflow-y-auto rounded-lg border border-border-strong bg-overlay p-3 shadow-overlay outline-none transition-[opacity,scale] duration-100 data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
