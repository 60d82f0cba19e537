import type { ReactNode } from "react";
import { cn } from "./cn.ts";

const tones = {
  neutral: "bg-surface-2 text-text-muted",
  info: "bg-info-soft text-info",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
  progress: "bg-accent-soft text-accent-text",
} as const;

const dots = {
  neutral: "bg-text-faint",
  info: "bg-info",
  success: "bg-success-solid",
  warning: "bg-warning-solid",
  danger: "bg-danger-solid",
  progress: "animate-pulse bg-accent",
} as const;

export type BadgeTone = keyof typeof tones;

/** @param dot a coloured dot before the words: for statuses */
export function Badge({ tone = "neutral", dot = false, className, children }: { tone?: BadgeTone; dot?: boolean; className?: string; children: ReactNode }) {
  return (
    <span className={cn("inline-flex h-5.5 items-center gap-1.5 whitespace-nowrap rounded-md px-2 font-medium text-xs", tones[tone], className)}>
      {dot && <span aria-hidden className={cn("size-1.5 rounded-full", dots[tone])} />}
      {children}
    </span>
  );
}
