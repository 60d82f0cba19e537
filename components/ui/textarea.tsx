"use client";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useFieldControl } from "./field.tsx";
import { controlClass } from "./input.tsx";

export function Textarea({ className, id, invalid, mono, rows = 3, ...rest }: ComponentProps<"textarea"> & { invalid?: boolean; mono?: boolean }) {
  return (
    <textarea
      rows={rows}
      {...rest}
      {...useFieldControl({ id, invalid })}
      className={cn(controlClass, "px-3 py-2 text-base leading-5 sm:text-sm", mono && "font-mono sm:text-note", className)}
    />
  );
}
