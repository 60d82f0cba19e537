"use client";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useFieldControl } from "./field.tsx";

export const controlClass =
  "w-full min-w-0 rounded-lg border border-border-input bg-surface text-text transition-colors hover:border-text-faint focus:outline-2 focus:-outline-offset-1 focus:outline-ring disabled:cursor-not-allowed disabled:bg-surface-2 disabled:text-text-muted aria-invalid:border-danger aria-invalid:focus:outline-danger";

/** 16 px on phones, so that a browser does not zoom in on focus. */
export function Input({ className, id, invalid, mono, ...rest }: ComponentProps<"input"> & { invalid?: boolean; mono?: boolean }) {
  return (
    <input
      {...rest}
      {...useFieldControl({ id, invalid })}
      className={cn(controlClass, "h-9 px-3 text-base sm:text-sm", mono && "font-mono sm:text-note", className)}
    />
  );
}
