"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { cn } from "./cn.ts";
import type { DialogProps } from "./dialog.tsx";

const widths = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-4xl" } as const;

/** The dialog itself; dialog.tsx loads it. */
export function DialogRoot({ open, onOpenChange, title, description, size = "md", sticky = false, returnsFocus, children, footer }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} disablePointerDismissal={sticky}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          {...(returnsFocus && { finalFocus: returnsFocus })}
          className={cn(
            "fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[92dvh] w-full flex-col rounded-t-2xl border border-border-strong bg-overlay shadow-overlay outline-none",
            "transition-[opacity,translate] duration-150 data-[ending-style]:translate-y-3 data-[starting-style]:translate-y-3 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0",
            "sm:top-1/2 sm:bottom-auto sm:max-h-[86dvh] sm:w-[calc(100%-3rem)] sm:-translate-y-1/2 sm:rounded-xl sm:data-[ending-style]:translate-y-[calc(-50%+0.5rem)] sm:data-[starting-style]:translate-y-[calc(-50%+0.5rem)]",
            widths[size],
          )}
        >
          <div className="flex items-start justify-between gap-4 border-border border-b px-5 py-4">
            <div className="min-w-0">
              <Base.Title className="font-semibold text-base leading-6">{title}</Base.Title>
              {description && <Base.Description className="mt-0.5 text-note text-text-muted leading-5">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mr-1.5 flex size-8 shrink-0 items-center justify-center rounded-lg text-text-muted hover:bg-surface-2 hover:text-text"
            >
              <X aria-hidden className="size-4" />
            </Base.Close>
          </div>
          {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>}
          {footer && <div className="flex flex-wrap items-center justify-end gap-2 border-border border-t px-5 py-3.5">{footer}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
