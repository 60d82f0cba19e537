"use client";
import { Popover as Base } from "@base-ui/react/popover";
import type { PopoverProps } from "./popover.tsx";
import { type Takeover, useTakeover } from "./use-stand-in.ts";

/** The panel itself, behind its trigger; popover.tsx loads it. */
export function PopoverRoot({ trigger, label, align = "start", children, takeover }: PopoverProps & { takeover: Takeover }) {
  const ref = useTakeover(takeover);
  return (
    <Base.Root defaultOpen={takeover.defaultOpen}>
      <Base.Trigger ref={ref} render={trigger} />
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
